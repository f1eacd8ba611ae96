// All that these sources call these identities, and where they list them, row by row as it is stored.
//
// mode:    read
// params:  network, keys, sources
// returns: key, source, kind, row
UNWIND $keys AS one
MATCH (i:Identity {network: $network, key: one})<-[n:NAMES|LISTS]-(s:Source)
WHERE s.id IN $sources
RETURN i.key AS key, coalesce(s.of, s.id) AS source, type(n) AS kind, properties(n) AS row
ORDER BY kind DESC, source, i.key, coalesce(n.part, ''), coalesce(n.seen, n.since, 0), n.key
