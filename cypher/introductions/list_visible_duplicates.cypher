// List the probable duplicates of people, and theirs, that a source in view names.
//
// mode:    read
// params:  network, ids, sources, circle
// returns: id, same
MATCH (p:Person {network: $network})
WHERE p.id IN $ids
RETURN p.id AS id,
       COLLECT {
         MATCH (p)-[alike:PROBABLE_DUPLICATE WHERE alike.audience IN $circle]-{1,2}(q:Person)
         WHERE q <> p AND EXISTS { (q)<-[:OF]-(:Identity)<-[:NAMES]-(s:Source) WHERE s.id IN $sources }
         RETURN DISTINCT q.id AS id ORDER BY id
       } AS same
