// The names that sources in view give to these identities, and the person of each. An identity that no source in view names has no row.
//
// mode:    read
// params:  network, keys, sources
// returns: key, person, names
UNWIND $keys AS key
MATCH (i:Identity {network: $network, key: key})<-[n:NAMES]-(s:Source)
WHERE s.id IN $sources
MATCH (i)-[:OF]->(p:Person)
RETURN key, p.id AS person, collect(DISTINCT n.name) AS names
