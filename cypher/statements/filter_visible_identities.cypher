// Which of these identities a source in view names.
//
// mode:    read
// params:  network, keys, sources
// returns: key
UNWIND $keys AS key
MATCH (i:Identity {network: $network, key: key})
WHERE EXISTS { (i)-[:OF]->(:Person) } AND EXISTS { (i)<-[:NAMES]-(s:Source) WHERE s.id IN $sources }
RETURN key
