// The tokens that stand for a member now, oldest first.
//
// mode:    read
// params:  network, member
// returns: fingerprint, name, scopes, at, expires, used
MATCH (:Member {network: $network, id: $member})-[:HOLDS]->(t:Token)
WHERE coalesce(t.expires > timestamp(), true)
RETURN t.fingerprint AS fingerprint, t.name AS name, t.scopes AS scopes, t.at AS at, t.expires AS expires, t.used AS used
ORDER BY at, fingerprint
