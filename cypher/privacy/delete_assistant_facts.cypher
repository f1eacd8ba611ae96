// Delete the facts that others act as assistants of an erased person.
//
// mode:    write
// params:  network, keys, exempt_sources
// returns: removed
UNWIND $keys AS key
MATCH (s:Source)-[n:NAMES {network: $network, principal: key}]->(:Identity)
WHERE NOT s.id IN $exempt_sources
DELETE n
RETURN count(*) AS removed
