// Ask these members to be named on ways to a target. Asked again it changes nothing.
//
// mode:    write
// params:  network, member, target, rows, at
// returns: asked
MATCH (n:Network {id: $network})-[:HAS]->(me:Member {network: $network, id: $member})
UNWIND $rows AS row
MATCH (n)-[:HAS]->(m:Member {network: $network, id: row.colleague})
MERGE (r:Reveal {network: $network, id: row.id})
ON CREATE SET r.asker = $member, r.colleague = row.colleague, r.target = $target, r.at = $at
MERGE (me)-[:SEEKS]->(r)
MERGE (m)-[:MAY_REVEAL]->(r)
RETURN count(r) AS asked
