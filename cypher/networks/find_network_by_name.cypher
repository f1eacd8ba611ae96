// The network of a name and its only or first owner, where there is one; no owner where it was founded for others.
//
// mode:    read
// params:  name
// returns: network, member
MATCH (n:Network {name: $name})
OPTIONAL MATCH (n)-[:HAS]->(m:Member {role: 'owner'})
WHERE n.for_others IS NULL
WITH n, m
WHERE m IS NOT NULL OR n.for_others
RETURN n.id AS network, m.id AS member
ORDER BY coalesce(m.joined, 0), member
LIMIT 1
