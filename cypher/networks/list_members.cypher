// The members of a network, longest-standing first.
//
// mode:    read
// params:  network
// returns: id, role, name, email, joined_at, person
MATCH (n:Network {id: $network})-[:HAS]->(m:Member)
WHERE m.role IS NOT NULL
RETURN m.id AS id, m.role AS role, m.name AS name, m.email AS email, m.joined_at AS joined_at,
  head([(m)-[:IS]->(p:Person) | p.name]) AS person
ORDER BY coalesce(joined_at, 0), id
