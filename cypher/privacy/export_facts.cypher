// The names and list entries that these sources have for these identities, row by row as stored.
//
// mode:    read
// params:  network, keys, sources
// returns: key, source, kind, row
UNWIND $keys AS key
MATCH (i:Identity {network: $network, key: key})<-[n:NAMES|LISTS]-(s:Source)
WHERE s.id IN $sources
RETURN i.key AS key, coalesce(s.parent, s.id) AS source, type(n) AS kind, properties(n) AS row
ORDER BY kind DESC, source, i.key, coalesce(n.part, ''), n.key
