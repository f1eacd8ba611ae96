// Whom a source lists, as stored, to be compared with what it lists now.
//
// mode:    read
// params:  network, source
// returns: identity, lists
MATCH (s:Source {network: $network, id: $source})-[l:LISTS]->(i:Identity)
RETURN i.key AS identity, collect(properties(l)) AS lists
