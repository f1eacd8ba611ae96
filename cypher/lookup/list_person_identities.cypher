// List the identities of a person that sources in view name, in a stable order, each with its name there.
//
// mode:    read
// params:  network, id, sources
// returns: key, name
MATCH (p:Person {network: $network, id: $id})<-[:OF]-(i:Identity)<-[n:NAMES]-(s:Source)
WHERE s.id IN $sources
WITH p, i, collect(n.name) AS names
RETURN i.key AS key, CASE WHEN p.name IN names THEN p.name ELSE names[0] END AS name
ORDER BY key
