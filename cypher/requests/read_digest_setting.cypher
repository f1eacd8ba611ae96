// Whether a member receives a digest of notifications by mail.
//
// mode:    read
// params:  network, member
// returns: is_enabled
MATCH (:Network {id: $network})-[:HAS]->(m:Member {network: $network, id: $member})
RETURN m.wants_digest IS NOT NULL AS is_enabled
