// Take away that others acted in somebody's name.
//
// mode:    write
// params:  network, keys, spared
// returns: removed
UNWIND $keys AS key
MATCH (s:Source)-[n:NAMES {network: $network, assists: key}]->(:Identity)
WHERE NOT s.id IN $spared
DELETE n
RETURN count(*) AS removed
