// For each member, the identities under which their own sources know the person with this address: the address and what
// a row of theirs states together with it. No row of one member extends what another member's sources hold. Identities
// of members are left out.
//
// mode:    read
// params:  network, key, sources
// returns: person, member, keys
MATCH (i:Identity {network: $network, key: $key})-[:OF]->(p:Person)
WHERE NOT EXISTS { MATCH (p)<-[:IS]-(m:Member) WHERE m.role IS NOT NULL }
MATCH (i)<-[n:NAMES]-(s:Source)<-[:OWNS]-(m:Member)
WHERE s.id IN $sources
UNWIND coalesce(n.keys, []) + $key AS key
WITH DISTINCT p, m, key
MATCH (j:Identity {network: $network, key: key})
WHERE NOT EXISTS { MATCH (j)-[:OF]->(:Person)<-[:IS]-(x:Member) WHERE x.role IS NOT NULL }
WITH p, m, key
ORDER BY key
RETURN p.id AS person, m.id AS member, collect(key) AS keys
ORDER BY member
