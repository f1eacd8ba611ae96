// List the schools of a person with the days of the studies, as sources in view state them now.
//
// mode:    read
// params:  network, sources, id
// returns: id, school_key, since, until
MATCH (p:Person {network: $network, id: $id})<-[:OF]-(i:Identity)<-[n:NAMES]-(s:Source)
WHERE s.id IN $sources AND n.school_key IS NOT NULL AND n.gone IS NULL
RETURN DISTINCT p.id AS id, n.school_key AS school_key, n.since AS since, n.until AS until
