// Remind the party who must act next on requests that expire within $before_ms, $limit at most: the introducer of a request
// that waits for an answer or an introduction, or else the asker. Each state is reminded of once.
//
// mode:    write
// params:  network, before_ms, limit
// returns: reminded
MATCH (r:IntroductionRequest {network: $network})
WHERE timestamp() < r.expires_at <= timestamp() + $before_ms AND coalesce(r.reminded_of, 0) <> r.expires_at
WITH r
LIMIT $limit
SET r.locked_at = timestamp()
WITH r
WHERE timestamp() < r.expires_at AND coalesce(r.reminded_of, 0) <> r.expires_at
SET r.reminded_of = r.expires_at, r.reminded_at = timestamp()
CREATE (:Event {network: $network, id: randomUUID(), kind: 'introduction_request_due', about: r.id,
  member: CASE WHEN r.status IN ['introduced', 'mention_only'] THEN r.asker
    ELSE coalesce(r.introducer_member, CASE WHEN r.is_hidden THEN null ELSE r.asker END) END,
  status: r.status, created_at: timestamp(), next_attempt_at: timestamp(), attempts: 0})
RETURN count(r) AS reminded
