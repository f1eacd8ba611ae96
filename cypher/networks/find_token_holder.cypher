// The member whom a valid token authenticates. The network is not known yet: the request learns it from the token.
// All times are the database's, one clock for all service processes. `use_is_due` says that the last use was recorded
// more than $every_ms milliseconds ago.
//
// mode:    read
// params:  fingerprint, every_ms
// returns: network, member, role, scopes, use_is_due
MATCH (t:Token {fingerprint: $fingerprint})<-[:HOLDS]-(m:Member)
WHERE m.role IS NOT NULL AND coalesce(t.expires_at > timestamp(), true)
RETURN m.network AS network, m.id AS member, m.role AS role, t.scopes AS scopes,
  coalesce(t.last_used_at < timestamp() - $every_ms, true) AS use_is_due
