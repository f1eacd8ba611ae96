// Let another token stand for a member, beside those that do, by its fingerprint. Given again, nothing changes: one that
// was revoked or has expired does not come back to life.
//
// One pattern, so that a token which stands for somebody else is refused by its constraint, not shared. $lasts are
// milliseconds, null for one that does not expire.
//
// mode:    write
// params:  network, member, token, name, scopes, lasts
// returns: counts
MATCH (m:Member {network: $network, id: $member})
MERGE (m)-[:HOLDS]->(t:Token {network: $network, fingerprint: $token})
ON CREATE SET t.name = $name, t.scopes = $scopes, t.at = timestamp(), t.expires = timestamp() + $lasts
RETURN coalesce(t.expires > timestamp(), true) AS counts
