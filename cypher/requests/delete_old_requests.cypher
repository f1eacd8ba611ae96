// Delete requests that ended or were drafted and did not change for $age_ms, and events about them, $limit at most.
//
// mode:    write
// params:  network, age_ms, limit
// returns: deleted
MATCH (r:IntroductionRequest {network: $network})
WHERE r.changed_at < timestamp() - $age_ms AND r.expires_at IS NULL
WITH r
LIMIT $limit
CALL (r) {
  MATCH (e:Event {network: $network, about: r.id})
  DELETE e
}
DETACH DELETE r
RETURN count(*) AS deleted
