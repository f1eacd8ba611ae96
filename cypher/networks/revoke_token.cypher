// A token of a member's stands for nobody from now on. It stays, so that the machine which has it in a file cannot be
// given it again.
//
// mode:    write
// params:  network, member, token
// returns: revoked
MATCH (:Member {network: $network, id: $member})-[:HOLDS]->(t:Token {network: $network, fingerprint: $token})
SET t.expires = timestamp()
RETURN true AS revoked
