// The stored people, with a digest of what each was derived from. In one row, like ingest/read_source_evidence.
//
// mode:    read
// params:  network
// returns: people
MATCH (p:Person {network: $network})
WHERE p.id IS NOT NULL
RETURN collect([p.id, p.digest]) AS people
