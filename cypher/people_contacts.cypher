// With whom identities exchanged anything, as these sources have it.
//
// mode:    read
// params:  network, keys, sources
// returns: key, contacts
UNWIND $keys AS key
MATCH (i:Identity {network: $network, key: key})
RETURN key, COLLECT {
  MATCH (i)-[e:INTERACTED]-(j:Identity)
  WHERE e.source IN $sources
  RETURN DISTINCT j.key
} AS contacts
