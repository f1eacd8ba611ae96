// The names that sources in view give to these identities. An identity that no source in view names has no row.
//
// mode:    read
// params:  network, keys, sources
// returns: key, names
UNWIND $keys AS key
MATCH (i:Identity {network: $network, key: key})<-[n:NAMES]-(s:Source)
WHERE s.id IN $sources AND EXISTS { (i)-[:OF]->(:Person) }
RETURN key, collect(DISTINCT n.name) AS names
