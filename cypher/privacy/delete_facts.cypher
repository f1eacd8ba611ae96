// Delete the names and list entries of erased identities. An identity has as many rows as sources and lists contain it.
//
// mode:    write
// params:  network, keys, exempt_sources
// returns: removed
UNWIND $keys AS key
MATCH (i:Identity {network: $network, key: key})<-[row:NAMES|LISTS]-(s:Source)
WHERE NOT s.id IN $exempt_sources
DELETE row
RETURN count(*) AS removed
