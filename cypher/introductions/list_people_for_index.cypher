// The next people of a network in the order of their ids, in one row.
//
// mode:    read
// params:  network, after, limit
// returns: ids, names
MATCH (p:Person {network: $network})
WHERE p.id > $after
WITH p ORDER BY p.id LIMIT $limit
RETURN collect(p.id) AS ids, collect(p.name) AS names
