// Delete one batch of a source's facts and list entries.
//
// mode:    write
// params:  network, source, limit
// returns: removed
MATCH (s:Source {network: $network, id: $source})-[n:NAMES|LISTS]->()
WITH n LIMIT $limit
DELETE n
RETURN count(*) AS removed
