// Mark a member's notifications up to a time as read. Later ones stay unread, and repeating it changes nothing.
//
// mode:    write
// params:  network, member, until
// returns: read_at
MATCH (:Network {id: $network})-[:HAS]->(m:Member {network: $network, id: $member})
SET m.notifications_read_at =
  CASE WHEN $until > coalesce(m.notifications_read_at, 0) THEN $until ELSE m.notifications_read_at END
RETURN coalesce(m.notifications_read_at, 0) AS read_at
