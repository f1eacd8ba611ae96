// The network of a name, with its only or first owner, both made where they are new. No row where it is one for others.
//
// mode:    write
// params:  name, fresh_network, fresh_member, today
// returns: network, member
MERGE (n:Network {name: $name})
ON CREATE SET n.id = $fresh_network, n.as_of = $today
WITH n WHERE n.for_others IS NULL
CALL (n) {
  WITH n WHERE NOT EXISTS { (n)-[:HAS]->(:Member) }
  CREATE (n)-[:HAS]->(:Member {network: n.id, id: $fresh_member, role: 'owner'})
}
WITH n
MATCH (n)-[:HAS]->(m:Member {role: 'owner'})
RETURN n.id AS network, m.id AS member
ORDER BY coalesce(m.joined, 0), member
LIMIT 1
