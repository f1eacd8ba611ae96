// What a source calls people, as stored, to be compared with what it says now. In one row,
// like source_evidence.
//
// mode:    read
// params:  network, source
// returns: rows
MATCH (s:Source {network: $network, id: $source})-[n:NAMES]->(i:Identity)
RETURN collect([i.key, properties(n)]) AS rows
