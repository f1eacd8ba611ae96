// Redeem an invitation: create a member with a first token. Returns no row if the invitation is not open.
//
// The first SET locks the invitation, so that of two concurrent callers one sees that the other was first. The same
// member can redeem it again while they are a member: the driver may repeat the query, and a client that did not receive
// its token repeats the request. The token that it did not receive is then deleted. $confirmed_key is an identity that
// the sign-in provider confirms, used if the inviter confirmed none. $issuer and $subject are the provider account, both
// null for none.
// $lifetime_ms is null for a token that does not expire. $token_kind and $idle_ms are null for a token of a program. The network's own calibration ends when a second member joins,
// because it was fitted to everything that the first one may see. Ties are stale if the new member changes some: a second
// member does, one with an identity, and one in a network with statements (graph/ties/derive.py).
//
// mode:    write
// params:  network, fingerprint, member, name, email, confirmed_key, issuer, subject, token_fingerprint, token_kind, token_name, scopes, lifetime_ms, idle_ms
// returns: network, confirmed_key
MATCH (n:Network {id: $network})-[:INVITES]->(i:Invitation {network: $network, fingerprint: $fingerprint})
SET i.locked_at = timestamp()
WITH n, i
WHERE i.expires_at > timestamp() AND (i.redeemed_by IS NULL OR (i.redeemed_by = $member
  AND EXISTS { (n)-[:HAS]->(current:Member {network: $network, id: $member}) WHERE current.role IS NOT NULL }))
SET i.redeemed_by = $member
MERGE (n)-[:HAS]->(m:Member {network: $network, id: $member})
ON CREATE SET m.is_new = true, m.role = i.role, m.name = $name, m.email = $email,
  m.confirmed_keys = [key IN [coalesce(i.confirmed_key, $confirmed_key)] WHERE key IS NOT NULL],
  m.joined_at = timestamp(),
  m.sign_in_key = i.confirmed_key, m.issuer = $issuer, m.subject = $subject
WITH n, i, m
CALL (m) {
  MATCH (m)-[:HOLDS]->(lost:Token {name: $token_name})
  WHERE lost.last_used_at IS NULL AND lost.fingerprint <> $token_fingerprint
  DETACH DELETE lost
}
MERGE (m)-[:HOLDS]->(t:Token {network: $network, fingerprint: $token_fingerprint})
ON CREATE SET t.kind = $token_kind, t.name = $token_name, t.scopes = $scopes, t.created_at = timestamp(),
  t.expires_at = timestamp() + $lifetime_ms, t.idle_ms = $idle_ms
WITH n, m, COUNT { (n)-[:HAS]->(other:Member) WHERE other.role IS NOT NULL } = 2 AS is_second
FOREACH (_ IN CASE WHEN m.is_new AND (is_second OR size(m.confirmed_keys) > 0
    OR EXISTS { (n)-[:HAS]->(:Member)-[:OWNS]->(:Source {kind: 'statements'}) }) THEN [1] ELSE [] END |
  SET n.stale = true)
FOREACH (_ IN CASE WHEN m.is_new THEN [1] ELSE [] END |
  REMOVE m.is_new
  SET n.version = coalesce(n.version, 0) + 1
  CREATE (:Event {network: $network, id: randomUUID(), kind: 'member_joined', about: m.id,
    created_at: timestamp(), next_attempt_at: timestamp(), attempts: 0}))
FOREACH (_ IN CASE WHEN is_second THEN [1] ELSE [] END |
  REMOVE n.fit_shift, n.fit_day, n.fit_version, n.fit_asks, n.fit_shipped, n.fit_fitted)
RETURN n.name AS network, head(m.confirmed_keys) AS confirmed_key
