// Store a colleague's answer to a request to be named. Only the colleague who received the request can answer it. The
// first SET locks the request, so that of two concurrent equal answers one creates an event.
//
// mode:    write
// params:  network, member, id, consented
// returns: answered
MATCH (n:Network {id: $network})-[:HAS]->(:Member {network: $network, id: $member})-[:RECEIVED]->
  (r:VisibilityRequest {network: $network, id: $id})
SET r.locked_at = timestamp()
FOREACH (_ IN CASE WHEN r.consented = $consented THEN [] ELSE [1] END |
  SET n.version = coalesce(n.version, 0) + 1
  CREATE (:Event {network: $network, id: randomUUID(), kind: 'visibility_answered', about: r.id, member: r.asker,
    created_at: timestamp(), next_attempt_at: timestamp(), attempts: 0}))
SET r.consented = $consented
RETURN count(r) AS answered
