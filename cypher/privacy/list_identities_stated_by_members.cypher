// For each member whose private rows state other identities to be the same people as these identities: those others, except
// what a shared source names or lists.
//
// mode:    read
// params:  network, keys, shared
// returns: member, keys
UNWIND $keys AS key
MATCH (:Identity {network: $network, key: key})-[:OF]->(p:Person)
WITH DISTINCT p
MATCH (p)-[same:PROBABLE_DUPLICATE]-(:Person)
WHERE same.is_stated
WITH DISTINCT p, same.audience AS member
MATCH (p)-[same:PROBABLE_DUPLICATE WHERE same.is_stated AND same.audience = member]-{1,2}(:Person)<-[:OF]-(i:Identity)
WHERE NOT i.key IN $keys AND NOT EXISTS { (i)<-[:NAMES|LISTS]-(s:Source) WHERE s.id IN $shared }
RETURN member, collect(DISTINCT i.key) AS keys
ORDER BY member
