// Which of these sources name or list one of these people.
//
// mode:    read
// params:  network, ids, sources
// returns: source
UNWIND $ids AS id
MATCH (p:Person {network: $network, id: id})<-[:OF]-(:Identity)<-[:NAMES|LISTS]-(s:Source)
WHERE s.id IN $sources
RETURN DISTINCT coalesce(s.parent, s.id) AS source
