// Find or create the network with this name and its first owner. Returns no row if it was created for other people.
//
// mode:    write
// params:  name, new_network, new_member, today
// returns: network, member
MERGE (n:Network {name: $name})
ON CREATE SET n.id = $new_network, n.as_of = $today
WITH n WHERE n.created_for_others IS NULL
CALL (n) {
  WITH n WHERE NOT EXISTS { (n)-[:HAS]->(:Member) }
  CREATE (n)-[:HAS]->(:Member {network: n.id, id: $new_member, role: 'owner'})
}
WITH n
MATCH (n)-[:HAS]->(m:Member {role: 'owner'})
RETURN n.id AS network, m.id AS member
ORDER BY coalesce(m.joined_at, 0), member
LIMIT 1
