// End all sessions of a member, in every browser. Their tokens stay valid.
//
// mode:    write
// params:  network, member
// returns: ended
MATCH (m:Member {network: $network, id: $member})
CALL (m) {
  MATCH (m)-[:HOLDS]->(s:Token {kind: 'session'})
  SET s.expires_at = timestamp()
  RETURN count(s) AS ended
}
RETURN ended
