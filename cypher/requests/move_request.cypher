// Move a request of which the member is a party from the state $was to the state $status. Returns no row if it is in another
// state or has expired. A move that keeps the state keeps the time of its expiry. The first SET locks the request, so that of two concurrent callers one returns no row.
// An introducer who declined unseen (requests/decline_unseen) has answered. An introducer is thanked once: thanks keep the state, so
// the state does not stop the second of two concurrent callers.
// The event informs the party who did not act. A draft that is discarded creates none: only its asker knows of it.
//
// mode:    write
// params:  network, member, id, was, status, action, actor, key, lifetime_ms, outcome, redirected_to
// returns: id
MATCH (:Member {network: $network, id: $member})-[:ASKED|RECEIVED]->
  (r:IntroductionRequest {network: $network, id: $id})
SET r.locked_at = timestamp()
WITH DISTINCT r
WHERE r.status = $was AND (r.expires_at IS NULL OR r.expires_at > timestamp())
  AND ($actor = 'asker' OR r.declined_at IS NULL)
  AND NOT ($action = 'thank' AND 'thank' IN r.actions)
SET r.status = $status, r.changed_at = timestamp(), r.expires_at = CASE WHEN $was = $status THEN r.expires_at ELSE timestamp() + $lifetime_ms END,
  r.outcome = coalesce($outcome, r.outcome), r.redirected_to = coalesce($redirected_to, r.redirected_to),
  r.actions = r.actions + $action, r.actors = r.actors + $actor, r.statuses = r.statuses + $status,
  r.times = r.times + timestamp(), r.action_keys = r.action_keys + $key
FOREACH (_ IN CASE WHEN $was = 'draft' THEN [] ELSE [1] END |
  CREATE (:Event {network: $network, id: randomUUID(), kind: 'introduction_request_updated', about: r.id,
    member: CASE $actor WHEN 'asker' THEN r.introducer_member ELSE r.asker END, status: $status,
    created_at: timestamp(), next_attempt_at: timestamp(), attempts: 0}))
RETURN r.id AS id
