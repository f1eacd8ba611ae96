// The identities that each of these exchanged anything with, according to these sources.
//
// coalesce prevents the planner from reading a whole source by its index.
//
// mode:    read
// params:  network, keys, sources
// returns: key, contacts
UNWIND $keys AS key
MATCH (i:Identity {network: $network, key: key})
RETURN key, COLLECT {
  MATCH (i)-[e:INTERACTED]-(j:Identity)
  WHERE coalesce(e.source, '') IN $sources
  RETURN DISTINCT j.key
} AS contacts
