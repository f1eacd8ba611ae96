// Ask colleagues to consent to being named on routes to a target. Repeating it changes nothing. `is_new`
// exists within this transaction only.
//
// mode:    write
// params:  network, member, target, rows, day
// returns: requested
MATCH (n:Network {id: $network})-[:HAS]->(asker:Member {network: $network, id: $member})
UNWIND $rows AS row
MATCH (n)-[:HAS]->(colleague:Member {network: $network, id: row.colleague})
MERGE (r:VisibilityRequest {network: $network, id: row.id})
ON CREATE SET r.is_new = true, r.asker = $member, r.colleague = row.colleague, r.target = $target, r.day = $day
MERGE (asker)-[:SENT]->(r)
MERGE (colleague)-[:RECEIVED]->(r)
FOREACH (_ IN CASE WHEN r.is_new THEN [1] ELSE [] END |
  REMOVE r.is_new
  SET n.version = coalesce(n.version, 0) + 1
  CREATE (:Event {network: $network, id: randomUUID(), kind: 'visibility_requested', about: r.id, member: r.colleague,
    created_at: timestamp(), next_attempt_at: timestamp(), attempts: 0}))
RETURN count(r) AS requested
