// When a member last marked notifications as read, in milliseconds; 0 if never.
//
// mode:    read
// params:  network, member
// returns: read_at
MATCH (:Network {id: $network})-[:HAS]->(m:Member {network: $network, id: $member})
RETURN coalesce(m.notifications_read_at, 0) AS read_at
