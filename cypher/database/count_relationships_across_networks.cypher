// How many of the first $limit relationships connect two networks. None may.
//
// mode:    read
// params:  limit
// returns: relationships_across_networks
MATCH (a)-[r]->(b)
WITH a, b LIMIT $limit
WHERE coalesce(a.network, a.id) <> coalesce(b.network, b.id)
RETURN count(*) AS relationships_across_networks
