// Set the identity by which a member signs in at the provider. Unbinds an earlier account and revokes the tokens of
// earlier sign-ins.
//
// mode:    write
// params:  network, member, sign_in_key, token_name
// returns: sign_in_key
MATCH (m:Member {network: $network, id: $member})
WHERE m.role IS NOT NULL
SET m.sign_in_key = $sign_in_key
REMOVE m.issuer, m.subject
WITH m
CALL (m) {
  MATCH (m)-[:HOLDS]->(t:Token {name: $token_name})
  SET t.expires_at = timestamp()
}
RETURN m.sign_in_key AS sign_in_key
