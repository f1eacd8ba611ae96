// The id of the derived ties of a network, which changes with each transaction that changes ties or people, and whether
// they are being derived now.
//
// mode:    read
// params:  network
// returns: ties_id, is_stale
MATCH (n:Network {id: $network})
RETURN n.ties_id AS ties_id, n.stale IS NOT NULL AS is_stale
