// With whom identities exchanged anything, as these sources have it.
//
// coalesce keeps the planner from reading a source whole.
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
