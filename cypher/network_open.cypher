// The network of a name, with its only or first member, both made where they are new.
//
// mode:    write
// params:  name, fresh_network, fresh_member, today
// returns: network, member
MERGE (n:Network {name: $name})
ON CREATE SET n.id = $fresh_network, n.as_of = $today
WITH n
CALL (n) {
  WITH n WHERE NOT EXISTS { (n)-[:HAS]->(:Member) }
  CREATE (n)-[:HAS]->(:Member {network: n.id, id: $fresh_member, role: 'owner'})
}
WITH n
MATCH (n)-[:HAS]->(m:Member)
RETURN n.id AS network, m.id AS member
ORDER BY member
LIMIT 1
