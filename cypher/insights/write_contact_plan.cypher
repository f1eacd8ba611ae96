// Create or change a contact plan of a member. `properties` are those that change; null removes one. The plans $replaced were
// about the same people before a merge: their content is among the properties. Repeating it changes nothing.
//
// mode:    write
// params:  network, member, id, properties, replaced
// returns: id
MATCH (:Network {id: $network})-[:HAS]->(m:Member {network: $network, id: $member})
MERGE (c:ContactPlan {network: $network, id: $id})
SET c += $properties
MERGE (m)-[:PLANS]->(c)
WITH m, c
CALL (m, c) {
  MATCH (m)-[:PLANS]->(old:ContactPlan)
  WHERE old.id IN $replaced AND old <> c
  DETACH DELETE old
}
RETURN c.id AS id
