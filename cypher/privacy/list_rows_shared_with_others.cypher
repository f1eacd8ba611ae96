// The NAMES rows that state these identities together with others, as stored. `others` are the keys of all NAMES rows of
// the same identity.
//
// mode:    read
// params:  network, keys
// returns: source, stored_in, identity, row, others
UNWIND $keys AS key
MATCH (i:Identity {network: $network, key: key})<-[n:NAMES]-(s:Source)
WHERE n.keys IS NOT NULL
RETURN coalesce(s.parent, s.id) AS source, s.id AS stored_in, i.key AS identity, properties(n) AS row,
  [(i)<-[other:NAMES]-(:Source) | other.key] AS others
