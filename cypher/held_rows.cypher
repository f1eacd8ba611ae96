// All that these sources call somebody, and where they list them, row by row as it is stored.
//
// mode:    read
// params:  network, id, sources
// returns: key, source, kind, row
MATCH (p:Person {network: $network, id: $id})<-[:OF]-(i:Identity)<-[n:NAMES|LISTS]-(s:Source)
WHERE s.id IN $sources
RETURN i.key AS key, coalesce(s.of, s.id) AS source, type(n) AS kind, properties(n) AS row
ORDER BY kind DESC, source, key, coalesce(n.part, ''), coalesce(n.seen, n.since, 0), n.key
