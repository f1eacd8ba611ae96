// The person whom an address, a profile or an id means exactly, and who is probably the same.
//
// An address is found only where a source in view has that very address, a person only where one names them.
//
// mode:    read
// params:  network, keys, id, sources
// returns: id, same
CALL () {
  MATCH (i:Identity {network: $network})-[:OF]->(p:Person)
  WHERE i.key IN $keys AND EXISTS { (i)<-[:NAMES]-(s:Source) WHERE s.id IN $sources }
  RETURN p
UNION
  MATCH (p:Person {network: $network, id: $id})
  WHERE EXISTS { (p)<-[:OF]-(:Identity)<-[:NAMES]-(s:Source) WHERE s.id IN $sources }
  RETURN p
}
RETURN p.id AS id,
       COLLECT {
         MATCH (p)-[:PROBABLY]-{1,2}(q:Person)
         WHERE q <> p AND EXISTS { (q)<-[:OF]-(:Identity)<-[:NAMES]-(s:Source) WHERE s.id IN $sources }
         RETURN DISTINCT q.id AS id ORDER BY id
       } AS same
