// List the schools of a person with the days of the studies, as sources in view state them now. Studies without a day are
// left out. A row of a table can state thousands of schools, of anybody, so their number is limited.
//
// mode:    read
// params:  network, sources, id, limit
// returns: id, school_key, since, until
MATCH (p:Person {network: $network, id: $id})<-[:OF]-(i:Identity)<-[n:NAMES]-(s:Source)
WHERE s.id IN $sources AND n.school_key IS NOT NULL AND n.gone IS NULL AND (n.since IS NOT NULL OR n.until IS NOT NULL)
WITH DISTINCT p.id AS id, n.school_key AS school_key, n.since AS since, n.until AS until
RETURN id, school_key, since, until
ORDER BY school_key, since, until
LIMIT $limit
