// The sources that name, list or have evidence about these identities, each once for its shared and its private part.
//
// mode:    read
// params:  network, keys
// returns: key, stored_in
UNWIND $keys AS key
MATCH (i:Identity {network: $network, key: key})
CALL (i) {
  MATCH (i)<-[:NAMES|LISTS]-(s:Source)
  RETURN s.id AS id
UNION
  MATCH (i)-[e:INTERACTED]-(:Identity)
  RETURN e.source AS id
}
RETURN key, collect(DISTINCT id) AS stored_in
