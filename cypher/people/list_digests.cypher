// The people there are, with a digest of what each was made from. In one row, like source_evidence.
//
// mode:    read
// params:  network
// returns: people
MATCH (p:Person {network: $network})
WHERE p.id IS NOT NULL
RETURN collect([p.id, p.digest]) AS people
