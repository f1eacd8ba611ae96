// List every chain from the viewer to a target with at most two people between them, in which each two interacted up
// to a day or one listed the other. Routes and near misses are chosen from them after graph.ties.past has computed the
// ties.
//
// The query expands the contacts of both ends once, the end with fewer contacts one step further, and groups both
// halves by the person where they meet: a lookup of the last link with both ends known would read a hub's ties for
// each chain. `chains` are lists of [id, name], from the viewer to the target.
//
// mode:    read
// params:  network, viewer_id, targets, sources, as_of
// returns: chains
MATCH (me:Person {network: $network, id: $viewer_id})
MATCH (target:Person {network: $network}) WHERE target.id IN $targets
UNWIND [me, target] AS person
CALL (person) {
  MATCH (person)<-[:OF]-(i:Identity)
  RETURN COUNT { (i)-[:INTERACTED]-() } AS ways
UNION ALL
  MATCH (person)<-[:IS]-(:Member)-[:OWNS]->(s:Source)
  RETURN COUNT { (s)-[:LISTS]->() } AS ways
}
WITH me, target, person, sum(ways) AS ways
ORDER BY ways
WITH me, target, collect(person) AS ends
UNWIND [false, true] AS is_far
WITH me, target, ends[0] AS near, ends[1] AS far, is_far, CASE WHEN is_far THEN ends[1] ELSE ends[0] END AS end
CALL (end) {
  MATCH (end)<-[:OF]-(:Identity)-[e:INTERACTED]-(i:Identity)
  WHERE coalesce(e.source, '') IN $sources AND e.days[0] <= $as_of
  WITH DISTINCT i
  MATCH (i)-[:OF]->(one:Person)
  RETURN one
UNION
  MATCH (end)<-[:OF]-(:Identity)<-[l:LISTS]-(s:Source)<-[:OWNS]-(:Member)-[:IS]->(one:Person)
  WHERE s.id IN $sources AND coalesce(l.since, l.seen, 0) <= $as_of AND coalesce(l.gone, $as_of + 1) > $as_of
  RETURN one
UNION
  MATCH (end)<-[:IS]-(:Member)-[:OWNS]->(s:Source)-[l:LISTS]->(:Identity)-[:OF]->(one:Person)
  WHERE s.id IN $sources AND coalesce(l.since, l.seen, 0) <= $as_of AND coalesce(l.gone, $as_of + 1) > $as_of
  RETURN one
}
WITH me, target, near, far, is_far, one
WHERE one <> me AND NOT one.id IN $targets OR one = far AND NOT is_far
CALL (one, far, is_far) {
  RETURN one AS two
UNION
  WITH one, far, is_far WHERE one <> far AND NOT is_far
  MATCH (one)<-[:OF]-(:Identity)-[e:INTERACTED]-(i:Identity)
  WHERE coalesce(e.source, '') IN $sources AND e.days[0] <= $as_of
  WITH DISTINCT i
  MATCH (i)-[:OF]->(two:Person)
  RETURN two
UNION
  WITH one, far, is_far WHERE one <> far AND NOT is_far
  MATCH (one)<-[:OF]-(:Identity)<-[l:LISTS]-(s:Source)<-[:OWNS]-(:Member)-[:IS]->(two:Person)
  WHERE s.id IN $sources AND coalesce(l.since, l.seen, 0) <= $as_of AND coalesce(l.gone, $as_of + 1) > $as_of
  RETURN two
UNION
  WITH one, far, is_far WHERE one <> far AND NOT is_far
  MATCH (one)<-[:IS]-(:Member)-[:OWNS]->(s:Source)-[l:LISTS]->(:Identity)-[:OF]->(two:Person)
  WHERE s.id IN $sources AND coalesce(l.since, l.seen, 0) <= $as_of AND coalesce(l.gone, $as_of + 1) > $as_of
  RETURN two
}
WITH me, target, near, far, two, collect(CASE WHEN NOT is_far THEN one END) AS ones, max(is_far) AS met
UNWIND ones AS one
WITH me, target, near, far, one, two
WHERE one = far OR met AND two <> me AND NOT two.id IN $targets
WITH me, target, CASE WHEN one = far THEN [] WHEN one = two THEN [one] WHEN near = me THEN [one, two] ELSE [two, one] END
  AS between
RETURN collect([person IN [me] + between + target | [person.id, person.name]]) AS chains
