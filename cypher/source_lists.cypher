// Whom a source lists, as stored, to be compared with what it lists now. In one row,
// like source_evidence.
//
// mode:    read
// params:  network, source
// returns: rows
MATCH (s:Source {network: $network, id: $source})-[l:LISTS]->(i:Identity)
RETURN collect([i.key, properties(l)]) AS rows
