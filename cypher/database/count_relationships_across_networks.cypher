// How many relationships lead from one network into another, of the first $most: none may.
//
// mode:    read
// params:  most
// returns: crossings
MATCH (a)-[r]->(b)
WITH a, b LIMIT $most
WHERE coalesce(a.network, a.id) <> coalesce(b.network, b.id)
RETURN count(*) AS crossings
