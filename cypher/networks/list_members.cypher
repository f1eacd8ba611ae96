// Who is in a network, those first who were there first.
//
// mode:    read
// params:  network
// returns: id, role, name, email, joined, person
MATCH (n:Network {id: $network})-[:HAS]->(m:Member)
WHERE m.role IS NOT NULL
RETURN m.id AS id, m.role AS role, m.name AS name, m.email AS email, m.joined AS joined,
  head([(m)-[:IS]->(p:Person) | p.name]) AS person
ORDER BY coalesce(joined, 0), id
