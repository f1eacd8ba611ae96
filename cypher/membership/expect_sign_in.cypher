// By which address a member is told at the provider, as an identity; whoever they were there before, they are no longer, and
// their tokens of signing in end.
//
// mode:    write
// params:  network, member, key, called
// returns: key
MATCH (m:Member {network: $network, id: $member})
WHERE m.role IS NOT NULL
SET m.signs_in = $key
REMOVE m.issuer, m.subject
WITH m
CALL (m) {
  MATCH (m)-[:HOLDS]->(t:Token {name: $called})
  SET t.expires = timestamp()
}
RETURN m.signs_in AS key
