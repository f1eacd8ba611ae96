// The valid tokens and sessions of a member, oldest first.
//
// mode:    read
// params:  network, member
// returns: fingerprint, kind, name, scopes, created_at, expires_at, last_used_at
MATCH (:Member {network: $network, id: $member})-[:HOLDS]->(t:Token)
WHERE coalesce(t.kind, 'token') <> 'sign_in_code' AND coalesce(t.expires_at > timestamp(), true)
  AND coalesce(coalesce(t.last_used_at, t.created_at) + t.idle_ms > timestamp(), true)
RETURN t.fingerprint AS fingerprint, coalesce(t.kind, 'token') AS kind, t.name AS name, t.scopes AS scopes,
  t.created_at AS created_at, t.expires_at AS expires_at, t.last_used_at AS last_used_at
ORDER BY created_at, fingerprint
