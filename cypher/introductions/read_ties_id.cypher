// The id of the derived ties of a network, which changes with each transaction that changes ties or people, and whether
// they are being derived now.
//
// `recent` are the latest ids, the newest first, and `people_deleted_with` is the id of the last deletion of people.
//
// mode:    read
// params:  network
// returns: ties_id, is_stale, recent, people_deleted_with
MATCH (n:Network {id: $network})
RETURN n.ties_id AS ties_id, n.stale IS NOT NULL AS is_stale, coalesce(n.recent_ties_ids, []) AS recent,
       n.people_deleted_with AS people_deleted_with
