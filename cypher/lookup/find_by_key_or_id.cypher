// Find the people of exact addresses, profiles and ids, each with probable duplicates.
//
// An address matches only if a source in view has this address, a person only if a source in view names them.
//
// mode:    read
// params:  network, asked, sources, circle
// returns: place, id, same
UNWIND $asked AS asked
CALL (asked) {
  MATCH (i:Identity {network: $network, key: asked.key})-[:OF]->(p:Person)
  WHERE EXISTS { (i)<-[:NAMES]-(s:Source) WHERE s.id IN $sources }
  RETURN p
UNION
  MATCH (p:Person {network: $network, id: asked.id})
  WHERE EXISTS { (p)<-[:OF]-(:Identity)<-[:NAMES]-(s:Source) WHERE s.id IN $sources }
  RETURN p
}
RETURN asked.place AS place, p.id AS id,
       COLLECT {
         MATCH (p)-[alike:PROBABLE_DUPLICATE WHERE alike.audience IN $circle]-{1,2}(q:Person)
         WHERE q <> p AND EXISTS { (q)<-[:OF]-(:Identity)<-[:NAMES]-(s:Source) WHERE s.id IN $sources }
         RETURN DISTINCT q.id AS id ORDER BY id
       } AS same
