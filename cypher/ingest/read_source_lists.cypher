// The list entries that sources store, to be compared with a load. In one row, like ingest/read_source_evidence.
//
// mode:    read
// params:  network, sources
// returns: rows
MATCH (s:Source {network: $network})-[l:LISTS]->(i:Identity)
WHERE s.id IN $sources
RETURN collect([i.key, properties(l)]) AS rows
