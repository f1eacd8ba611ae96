// The member whom a valid token of this kind authenticates. The network is not known yet: the request learns it from the
// token. All times are the database's, one clock for all service processes. A token with `idle_ms` ends after that time
// without use. `use_is_due` says that the last use was recorded more than $every_ms milliseconds ago.
//
// mode:    read
// params:  fingerprint, kind, every_ms
// returns: network, member, role, scopes, expires_at, use_is_due
MATCH (t:Token {fingerprint: $fingerprint})<-[:HOLDS]-(m:Member)
WHERE m.role IS NOT NULL AND coalesce(t.kind, 'token') = $kind AND coalesce(t.expires_at > timestamp(), true)
  AND coalesce(coalesce(t.last_used_at, t.created_at) + t.idle_ms > timestamp(), true)
RETURN m.network AS network, m.id AS member, m.role AS role, t.scopes AS scopes, t.expires_at AS expires_at,
  coalesce(t.last_used_at < timestamp() - $every_ms, true) AS use_is_due
