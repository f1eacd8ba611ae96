// The people whose name, or whose ties from others, last changed with one of these ids of the ties, in one row.
//
// mode:    read
// params:  network, ties_ids
// returns: people
MATCH (p:Person {network: $network})
WHERE p.ties_id IN $ties_ids
RETURN collect([p.id, p.name]) AS people
