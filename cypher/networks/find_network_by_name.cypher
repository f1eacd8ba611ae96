// The network with this name and its first owner. The owner is null if the network was created for other people.
//
// mode:    read
// params:  name
// returns: network, member
MATCH (n:Network {name: $name})
OPTIONAL MATCH (n)-[:HAS]->(m:Member {role: 'owner'})
WHERE n.created_for_others IS NULL
WITH n, m
WHERE m IS NOT NULL OR n.created_for_others
RETURN n.id AS network, m.id AS member
ORDER BY coalesce(m.joined_at, 0), member
LIMIT 1
