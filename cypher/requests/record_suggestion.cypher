// Record that an outcome was suggested to the asker of a request, and inform them. Repeating it changes nothing. The first SET
// locks the request.
//
// mode:    write
// params:  network, member, id
// returns: id
MATCH (:Member {network: $network, id: $member})-[:ASKED]->(r:IntroductionRequest {network: $network, id: $id})
SET r.locked_at = timestamp()
WITH r
WHERE r.suggested_at IS NULL AND r.status IN ['introduced', 'mention_only']
SET r.suggested_at = timestamp()
CREATE (:Event {network: $network, id: randomUUID(), kind: 'introduction_request_suggested', about: r.id, member: r.asker,
  status: r.status, created_at: timestamp(), next_attempt_at: timestamp(), attempts: 0})
RETURN r.id AS id
