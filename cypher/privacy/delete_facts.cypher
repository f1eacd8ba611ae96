// Take away what sources call and list somebody. An identity's rows are as many as the sources and lists that have it.
//
// mode:    write
// params:  network, keys, spared
// returns: removed
UNWIND $keys AS key
MATCH (i:Identity {network: $network, key: key})<-[row:NAMES|LISTS]-(s:Source)
WHERE NOT s.id IN $spared
DELETE row
RETURN count(*) AS removed
