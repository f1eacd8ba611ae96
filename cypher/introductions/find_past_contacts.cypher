// List those of some people who interacted with the viewer by a day, and those whose probable duplicate did. The columns
// are those of lookup/find_known_people, without the strength. graph.ties.past decides whether they knew the viewer then.
//
// mode:    read
// params:  network, viewer_id, ids, sources, as_of, circle
// returns: id, one, twins
MATCH (me:Person {network: $network, id: $viewer_id})
UNWIND $ids AS id
MATCH (there:Person {network: $network, id: id})
CALL (there) {
  RETURN there AS one
UNION
  MATCH (there)-[alike:PROBABLE_DUPLICATE WHERE alike.audience IN $circle]-(one:Person)
  RETURN one
}
WITH me, there, one
WHERE one <> me AND EXISTS {
  MATCH (one)<-[:OF]-(i:Identity)
  MATCH (me)<-[:OF]-(j:Identity)
  WITH i, j
  MATCH (i)-[e:INTERACTED]-(j)
  WHERE coalesce(e.source, '') IN $sources AND e.days[0] <= $as_of
  RETURN i
}
RETURN there.id AS id, one.id AS one,
       COLLECT { MATCH (one)-[alike:PROBABLE_DUPLICATE WHERE alike.audience IN $circle]-(q:Person) RETURN q.id } AS twins
ORDER BY id, one
