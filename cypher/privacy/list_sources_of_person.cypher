// Which of these sources name or list a person.
//
// mode:    read
// params:  network, id, sources
// returns: source
MATCH (p:Person {network: $network, id: $id})<-[:OF]-(:Identity)<-[:NAMES|LISTS]-(s:Source)
WHERE s.id IN $sources
RETURN DISTINCT coalesce(s.parent, s.id) AS source
