// Delete one batch of the evidence between erased identities and others. Ties are stale after it.
//
// mode:    write
// params:  network, keys, exempt_sources, limit
// returns: removed
MATCH (n:Network {id: $network})
SET n.stale = true
SET n.version = coalesce(n.version, 0) + 1
WITH n
UNWIND $keys AS key
MATCH (i:Identity {network: $network, key: key})-[e:INTERACTED]-(:Identity)
WHERE NOT e.source IN $exempt_sources
WITH DISTINCT e LIMIT $limit
DELETE e
RETURN count(*) AS removed
