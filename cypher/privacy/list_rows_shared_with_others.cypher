// What sources call these identities, as stored, where a row states them together with others.
//
// mode:    read
// params:  network, keys
// returns: source, identity, row, others
UNWIND $keys AS key
MATCH (i:Identity {network: $network, key: key})<-[n:NAMES]-(s:Source)
WHERE n.keys IS NOT NULL
RETURN coalesce(s.of, s.id) AS source, i.key AS identity, properties(n) AS row,
  [(i)<-[other:NAMES]-(:Source) | other.key] AS others
