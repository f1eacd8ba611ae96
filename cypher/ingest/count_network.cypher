// Counts for the report that ends a load: people in view, the viewer's listed connections, and people who know the viewer.
//
// mode:    read
// params:  network, viewer_id, audiences, sources, evidence_sources
// returns: people, connections, ties
RETURN
  COUNT {
    MATCH (p:Person {network: $network})
    WHERE p.id IS NOT NULL AND EXISTS {
      MATCH (p)<-[:OF]-(:Identity)<-[:NAMES]-(s:Source) WHERE s.id IN $sources
    }
  } AS people,
  COUNT {
    MATCH (s:Source {network: $network})-[l:LISTS]->(i:Identity)-[:OF]->(p:Person)
    WHERE s.id IN $evidence_sources AND l.gone IS NULL
    RETURN DISTINCT p
  } AS connections,
  COUNT {
    MATCH (:Person {network: $network, id: $viewer_id})<-[k:KNOWS]-(p:Person)
    WHERE k.audience IN $audiences
    RETURN DISTINCT p
  } AS ties
