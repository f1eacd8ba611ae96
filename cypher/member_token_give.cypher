// Let another token stand for a member, beside those that do, by its fingerprint. Given again, nothing changes.
//
// One pattern, so that a token which stands for somebody else is refused by its constraint, not shared.
//
// mode:    write
// params:  network, member, token
// returns: member
MATCH (m:Member {network: $network, id: $member})
MERGE (m)-[:HOLDS]->(:Token {network: $network, fingerprint: $token})
RETURN m.id AS member
