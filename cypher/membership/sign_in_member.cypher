// Sign a provider account in as a member that is bound to it or unbound, and begin a session. Deletes expired ones of
// earlier sign-ins. Returns no row if the member has left, is bound to another account, or is unbound and expects another
// address by now. The first SET locks the member, so that of two concurrent callers one sees that the other was first. $confirmed_key is the address that the
// provider verified, as an identity, null for none. It is confirmed for a member who has no confirmed address, and people
// are stale then: `is_newly_confirmed`.
//
// mode:    write
// params:  network, member, issuer, subject, confirmed_key, token_fingerprint, token_kind, token_name, scopes, lifetime_ms, idle_ms
// returns: member, is_newly_confirmed
MATCH (n:Network {id: $network})
MATCH (m:Member {network: $network, id: $member})
SET m.locked_at = timestamp()
WITH n, m
WHERE m.role IS NOT NULL
  AND (m.issuer = $issuer AND m.subject = $subject OR m.subject IS NULL AND m.sign_in_key = $confirmed_key)
SET m.issuer = $issuer, m.subject = $subject
WITH n, m, coalesce(size(m.confirmed_keys), 0) = 0 AND $confirmed_key IS NOT NULL AS is_newly_confirmed
FOREACH (_ IN CASE WHEN is_newly_confirmed THEN [1] ELSE [] END |
  SET m.confirmed_keys = [$confirmed_key]
  SET n.version = coalesce(n.version, 0) + 1
  SET n.stale = true)
WITH m, is_newly_confirmed
CALL (m) {
  MATCH (m)-[:HOLDS]->(expired:Token {name: $token_name})
  WHERE expired.expires_at <= timestamp()
  DETACH DELETE expired
}
MERGE (m)-[:HOLDS]->(t:Token {network: $network, fingerprint: $token_fingerprint})
ON CREATE SET t.kind = $token_kind, t.name = $token_name, t.scopes = $scopes, t.created_at = timestamp(),
  t.expires_at = timestamp() + $lifetime_ms, t.idle_ms = $idle_ms
RETURN m.id AS member, is_newly_confirmed
