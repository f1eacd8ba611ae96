// Take away one batch of what a source calls and lists.
//
// mode:    write
// params:  network, source, limit
// returns: removed
MATCH (s:Source {network: $network, id: $source})-[n:NAMES|LISTS]->()
WITH n LIMIT $limit
DELETE n
RETURN count(*) AS removed
