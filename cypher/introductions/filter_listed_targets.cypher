// List which of these people the viewer's own lists contain at present.
//
// mode:    read
// params:  network, viewer_id, ids, sources, as_of
// returns: id
UNWIND $ids AS id
MATCH (:Person {network: $network, id: id})<-[:OF]-(:Identity)<-[l:LISTS]-(s:Source)<-[:OWNS]-(:Member)-[:IS]->(me:Person)
WHERE me.id = $viewer_id AND s.id IN $sources
  AND coalesce(l.since, l.seen, 0) <= $as_of AND coalesce(l.gone, $as_of + 1) > $as_of
RETURN DISTINCT id
