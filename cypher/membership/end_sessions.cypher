// End all sessions of a member, in every browser, and the sign-in codes that were not used. Their tokens stay valid. The
// expiry is 0, as in membership/begin_session.
//
// mode:    write
// params:  network, member
// returns: ended
MATCH (m:Member {network: $network, id: $member})
CALL (m) {
  MATCH (m)-[:HOLDS]->(t:Token)
  WHERE t.kind IN ['session', 'sign_in_code']
  SET t.expires_at = 0
  RETURN count(CASE WHEN t.kind = 'session' THEN 1 END) AS ended
}
RETURN ended
