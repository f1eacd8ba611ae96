// The network of a name and its only or first member, where there is one.
//
// mode:    read
// params:  name
// returns: network, member
MATCH (n:Network {name: $name})-[:HAS]->(m:Member)
RETURN n.id AS network, m.id AS member
ORDER BY member
LIMIT 1
