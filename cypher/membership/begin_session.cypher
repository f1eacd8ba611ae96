// Begin a session of a member who presents a token or a sign-in code. The session allows what the credential allows, and
// ends with it. A code is valid once: the first SET locks it, so that of two concurrent callers one sees that the other
// was first. Deletes the member's sessions and codes that have ended. Returns no row if the credential is not valid.
//
// mode:    write
// params:  network, member, presented, fingerprint, name, lifetime_ms, idle_ms
// returns: expires_at
MATCH (m:Member {network: $network, id: $member})-[:HOLDS]->(t:Token {network: $network, fingerprint: $presented})
SET t.locked_at = timestamp()
WITH m, t
WHERE m.role IS NOT NULL AND coalesce(t.expires_at > timestamp(), true)
CALL (m) {
  MATCH (m)-[:HOLDS]->(ended:Token)
  WHERE ended.kind IS NOT NULL AND (ended.expires_at <= timestamp()
    OR coalesce(ended.last_used_at, ended.created_at) + ended.idle_ms <= timestamp())
  DETACH DELETE ended
}
CREATE (m)-[:HOLDS]->(s:Token {network: $network, fingerprint: $fingerprint, kind: 'session', name: $name,
  scopes: t.scopes, created_at: timestamp(), idle_ms: $idle_ms})
SET s.expires_at = CASE WHEN t.kind IS NULL AND t.expires_at < timestamp() + $lifetime_ms THEN t.expires_at
    ELSE timestamp() + $lifetime_ms END,
  s.begun_with = CASE WHEN t.kind IS NULL THEN $presented END
FOREACH (_ IN CASE WHEN t.kind IS NULL THEN [] ELSE [1] END |
  SET t.expires_at = 0) // earlier than timestamp() of a caller that began before and waited for the lock
RETURN s.expires_at AS expires_at
