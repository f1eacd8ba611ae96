// The valid tokens of a member, oldest first.
//
// mode:    read
// params:  network, member
// returns: fingerprint, name, scopes, created_at, expires_at, last_used_at
MATCH (:Member {network: $network, id: $member})-[:HOLDS]->(t:Token)
WHERE coalesce(t.expires_at > timestamp(), true)
RETURN t.fingerprint AS fingerprint, t.name AS name, t.scopes AS scopes, t.created_at AS created_at,
  t.expires_at AS expires_at, t.last_used_at AS last_used_at
ORDER BY created_at, fingerprint
