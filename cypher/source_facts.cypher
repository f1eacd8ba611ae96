// What a source calls people, as stored, to be compared with what it says now.
//
// mode:    read
// params:  network, source
// returns: identity, facts
MATCH (s:Source {network: $network, id: $source})-[n:NAMES]->(i:Identity)
RETURN i.key AS identity, collect(properties(n)) AS facts
