// The facts that sources store about identities, to be compared with a load. In one row, like ingest/read_source_evidence.
//
// mode:    read
// params:  network, sources
// returns: rows
MATCH (s:Source {network: $network})-[n:NAMES]->(i:Identity)
WHERE s.id IN $sources
RETURN collect([i.key, properties(n)]) AS rows
