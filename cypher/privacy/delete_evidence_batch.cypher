// Take away one batch of what was seen between somebody and others. Ties are stale from here on.
//
// mode:    write
// params:  network, keys, spared, limit
// returns: removed
MATCH (n:Network {id: $network})
SET n.stale = true
WITH n
UNWIND $keys AS key
MATCH (i:Identity {network: $network, key: key})-[e:INTERACTED]-(:Identity)
WHERE NOT e.source IN $spared
WITH DISTINCT e LIMIT $limit
DELETE e
RETURN count(*) AS removed
