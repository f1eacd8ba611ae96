// Ask colleagues to consent to being named on routes to a target. Repeating it changes nothing.
//
// mode:    write
// params:  network, member, target, rows, day
// returns: requested
MATCH (n:Network {id: $network})-[:HAS]->(asker:Member {network: $network, id: $member})
UNWIND $rows AS row
MATCH (n)-[:HAS]->(colleague:Member {network: $network, id: row.colleague})
MERGE (r:VisibilityRequest {network: $network, id: row.id})
ON CREATE SET r.asker = $member, r.colleague = row.colleague, r.target = $target, r.day = $day
MERGE (asker)-[:SENT]->(r)
MERGE (colleague)-[:RECEIVED]->(r)
RETURN count(r) AS requested
