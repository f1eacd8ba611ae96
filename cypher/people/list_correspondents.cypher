// Those of these identities that wrote to somebody who wrote to them, according to these sources.
//
// coalesce prevents the planner from reading a whole source by its index.
//
// mode:    read
// params:  network, keys, sources
// returns: key
UNWIND $keys AS key
MATCH (i:Identity {network: $network, key: key})
WHERE EXISTS {
  MATCH (i)-[e:INTERACTED]->(j:Identity)
  WHERE coalesce(e.source, '') IN $sources AND EXISTS {
    MATCH (j)-[f:INTERACTED]->(i)
    WHERE coalesce(f.source, '') IN $sources
  }
}
RETURN key
