// Somebody signs in as a member who is them, or whom nobody is yet, and has a token that lasts so many milliseconds; of
// those they had so before, the ones that have ended go. No row where the member is somebody else, or has just left.
// Setting a property first takes the member's lock, so that of two who come at once one is told that the other was first.
//
// mode:    write
// params:  network, member, issuer, subject, token, called, scopes, lasts
// returns: member
MATCH (m:Member {network: $network, id: $member})
SET m.asked = timestamp()
WITH m
WHERE m.role IS NOT NULL AND coalesce(m.issuer = $issuer AND m.subject = $subject, true)
SET m.issuer = $issuer, m.subject = $subject
WITH m
CALL (m) {
  MATCH (m)-[:HOLDS]->(ended:Token {name: $called})
  WHERE ended.expires <= timestamp()
  DETACH DELETE ended
}
MERGE (m)-[:HOLDS]->(t:Token {network: $network, fingerprint: $token})
ON CREATE SET t.name = $called, t.scopes = $scopes, t.at = timestamp(), t.expires = timestamp() + $lasts
RETURN m.id AS member
