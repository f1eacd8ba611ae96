// All identities of these people, and of the person who has this identity, from all sources.
//
// mode:    read
// params:  network, ids, key
// returns: key
CALL () {
  UNWIND $ids AS id
  MATCH (p:Person {network: $network, id: id})
  RETURN p
UNION
  MATCH (:Identity {network: $network, key: $key})-[:OF]->(p:Person)
  RETURN p
}
MATCH (i:Identity)-[:OF]->(p)
RETURN DISTINCT i.key AS key
