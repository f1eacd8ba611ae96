// The person with this address, if one of these sources names the address and it is not a member's own. Only the address
// itself was proved, so nothing here follows what a row states together with it.
//
// mode:    read
// params:  network, key, sources
// returns: person
MATCH (i:Identity {network: $network, key: $key})-[:OF]->(p:Person)
WHERE EXISTS { MATCH (i)<-[:NAMES]-(s:Source) WHERE s.id IN $sources }
  AND NOT EXISTS { MATCH (p)<-[:IS]-(m:Member) WHERE m.role IS NOT NULL }
RETURN p.id AS person
