// Send a draft to its introducer. Returns no row if the asker has no draft with this id, or if the introducer is a member who
// left. The first SET locks the network, so that requests are sent one after another.
//
// mode:    write
// params:  network, member, id, key, lifetime_ms
// returns: id
MATCH (n:Network {id: $network})
SET n.locked_at = timestamp()
WITH n
MATCH (n)-[:HAS]->(:Member {network: $network, id: $member})-[:ASKED]->
  (r:IntroductionRequest {network: $network, id: $id})
WHERE r.status = 'draft'
OPTIONAL MATCH (n)-[:HAS]->(i:Member {network: $network, id: r.introducer_member})
WHERE i.role IS NOT NULL
WITH r, i
WHERE r.introducer_member IS NULL OR i IS NOT NULL
SET r.status = 'sent', r.sent_at = timestamp(), r.changed_at = timestamp(), r.expires_at = timestamp() + $lifetime_ms,
  r.actions = r.actions + 'send', r.actors = r.actors + 'asker', r.statuses = r.statuses + 'sent',
  r.times = r.times + timestamp(), r.action_keys = r.action_keys + $key
FOREACH (_ IN CASE WHEN i IS NULL THEN [] ELSE [1] END | MERGE (i)-[:RECEIVED]->(r))
CREATE (:Event {network: $network, id: randomUUID(), kind: 'introduction_request_sent', about: r.id,
  member: r.introducer_member, status: 'sent', created_at: timestamp(), next_attempt_at: timestamp(), attempts: 0})
RETURN r.id AS id
