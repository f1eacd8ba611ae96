// Expire requests whose time is over, $limit at most, and inform their askers. Repeating it changes nothing. The first SET
// locks each request, so that an answer that came first is kept.
//
// mode:    write
// params:  network, limit
// returns: expired
MATCH (r:IntroductionRequest {network: $network})
WHERE r.expires_at <= timestamp()
WITH r
LIMIT $limit
SET r.locked_at = timestamp()
WITH r
WHERE r.expires_at <= timestamp()
SET r.status = 'expired', r.changed_at = timestamp(), r.expires_at = null,
  r.actions = r.actions + 'expire', r.actors = r.actors + '', r.statuses = r.statuses + 'expired',
  r.times = r.times + timestamp(), r.action_keys = r.action_keys + ''
CREATE (:Event {network: $network, id: randomUUID(), kind: 'introduction_request_expired', about: r.id, member: r.asker,
  status: 'expired', created_at: timestamp(), next_attempt_at: timestamp(), attempts: 0})
RETURN count(r) AS expired
