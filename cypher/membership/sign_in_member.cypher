// Sign a provider account in as a member that is bound to it or unbound, and create a token. Deletes expired tokens of
// earlier sign-ins. Returns no row if the member is bound to another account or has left. The first SET locks the
// member, so that of two concurrent callers one sees that the other was first.
//
// mode:    write
// params:  network, member, issuer, subject, token_fingerprint, token_name, scopes, lifetime_ms
// returns: member
MATCH (m:Member {network: $network, id: $member})
SET m.locked_at = timestamp()
WITH m
WHERE m.role IS NOT NULL AND coalesce(m.issuer = $issuer AND m.subject = $subject, true)
SET m.issuer = $issuer, m.subject = $subject
WITH m
CALL (m) {
  MATCH (m)-[:HOLDS]->(expired:Token {name: $token_name})
  WHERE expired.expires_at <= timestamp()
  DETACH DELETE expired
}
MERGE (m)-[:HOLDS]->(t:Token {network: $network, fingerprint: $token_fingerprint})
ON CREATE SET t.name = $token_name, t.scopes = $scopes, t.created_at = timestamp(),
  t.expires_at = timestamp() + $lifetime_ms
RETURN m.id AS member
