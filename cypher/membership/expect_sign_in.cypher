// Set the identity by which a member signs in at the provider. Unbinds an earlier account. Ends all sessions of the
// member and the sign-in codes that were not used, as membership/end_sessions does, because another person may have begun
// them.
//
// mode:    write
// params:  network, member, sign_in_key
// returns: sign_in_key
MATCH (m:Member {network: $network, id: $member})
WHERE m.role IS NOT NULL
SET m.sign_in_key = $sign_in_key
REMOVE m.issuer, m.subject
WITH m
CALL (m) {
  MATCH (m)-[:HOLDS]->(t:Token)
  WHERE t.kind IN ['session', 'sign_in_code']
  SET t.expires_at = 0
}
RETURN m.sign_in_key AS sign_in_key
