// Whom a source lists, as stored, to be compared with what it lists now. In one row,
// like source_evidence.
//
// mode:    read
// params:  network, halves
// returns: rows
MATCH (s:Source {network: $network})-[l:LISTS]->(i:Identity)
WHERE s.id IN $halves
RETURN collect([i.key, properties(l)]) AS rows
