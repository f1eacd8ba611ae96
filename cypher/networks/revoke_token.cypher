// Revoke a token of a member, and end the sessions that began with it. The node stays, so that a machine that still
// stores the token cannot grant it again.
//
// mode:    write
// params:  network, member, fingerprint
// returns: revoked
MATCH (m:Member {network: $network, id: $member})-[:HOLDS]->(t:Token {network: $network, fingerprint: $fingerprint})
SET t.expires_at = timestamp()
WITH m
CALL (m) {
  MATCH (m)-[:HOLDS]->(s:Token {begun_with: $fingerprint})
  SET s.expires_at = timestamp()
}
RETURN true AS revoked
