// The network of a name and its only or first owner, where there is one.
//
// mode:    read
// params:  name
// returns: network, member
MATCH (n:Network {name: $name})-[:HAS]->(m:Member {role: 'owner'})
RETURN n.id AS network, m.id AS member
ORDER BY coalesce(m.joined, 0), member
LIMIT 1
