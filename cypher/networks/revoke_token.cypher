// Revoke a token of a member. The node stays, so that a machine that still stores the token cannot grant it again.
//
// mode:    write
// params:  network, member, fingerprint
// returns: revoked
MATCH (:Member {network: $network, id: $member})-[:HOLDS]->(t:Token {network: $network, fingerprint: $fingerprint})
SET t.expires_at = timestamp()
RETURN true AS revoked
