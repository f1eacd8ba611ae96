// What a source calls people, as stored, to be compared with what it says now. In one row,
// like source_evidence.
//
// mode:    read
// params:  network, halves
// returns: rows
MATCH (s:Source {network: $network})-[n:NAMES]->(i:Identity)
WHERE s.id IN $halves
RETURN collect([i.key, properties(n)]) AS rows
