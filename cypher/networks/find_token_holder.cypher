// Whose token has this fingerprint, while it counts: the door of the house, where the network is still to be learnt from
// the token. Time is the database's everywhere here, one clock for all who serve. `unnoticed` says that its last use was
// written down more than $every milliseconds ago.
//
// mode:    read
// params:  token, every
// returns: network, member, role, scopes, unnoticed
MATCH (t:Token {fingerprint: $token})<-[:HOLDS]-(m:Member)
WHERE m.role IS NOT NULL AND coalesce(t.expires > timestamp(), true)
RETURN m.network AS network, m.id AS member, m.role AS role, t.scopes AS scopes,
  coalesce(t.used < timestamp() - $every, true) AS unnoticed
