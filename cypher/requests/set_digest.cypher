// Set whether a member receives a digest of notifications by mail. The first one is due a day later.
// Repeating it changes nothing.
//
// mode:    write
// params:  network, member, is_enabled
// returns: is_enabled
MATCH (:Network {id: $network})-[:HAS]->(m:Member {network: $network, id: $member})
FOREACH (_ IN CASE WHEN $is_enabled AND m.wants_digest IS NULL THEN [1] ELSE [] END |
  SET m.digest_at = timestamp(), m.digested_until = timestamp())
SET m.wants_digest = CASE WHEN $is_enabled THEN true END
RETURN m.wants_digest IS NOT NULL AS is_enabled
