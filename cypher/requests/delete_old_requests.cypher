// Delete requests that ended or were drafted and did not change for $age_ms, and events about them, $limit at most.
// The first SET locks each request, so that one that was changed meanwhile is kept.
//
// mode:    write
// params:  network, age_ms, limit
// returns: deleted
MATCH (r:IntroductionRequest {network: $network})
WHERE r.changed_at < timestamp() - $age_ms AND r.expires_at IS NULL
WITH r
LIMIT $limit
SET r.locked_at = timestamp()
WITH r
WHERE r.changed_at < timestamp() - $age_ms AND r.expires_at IS NULL
CALL (r) {
  MATCH (e:Event {network: $network, about: r.id})
  DELETE e
}
DETACH DELETE r
RETURN count(*) AS deleted
