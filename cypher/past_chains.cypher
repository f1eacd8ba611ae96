// Every chain from the viewer to a target, with two people between them at most, of which each two had to do with each
// other as of a day, or one listed the other: what routes and near misses are found among, once graph.past has judged.
//
// It starts at the end that has fewer to go through, and the last link is looked up with both ends found first. `chains`
// are of [id, name], from the viewer to the target.
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
WITH me, target, ends[0] AS near, ends[1] AS far
CALL (near) {
  MATCH (near)<-[:OF]-(:Identity)-[e:INTERACTED]-(:Identity)-[:OF]->(one:Person)
  WHERE coalesce(e.source, '') IN $sources AND e.days[0] <= $as_of
  RETURN one
UNION
  MATCH (near)<-[:OF]-(:Identity)<-[l:LISTS]-(s:Source)<-[:OWNS]-(:Member)-[:IS]->(one:Person)
  WHERE s.id IN $sources AND coalesce(l.since, l.seen, 0) <= $as_of AND coalesce(l.gone, $as_of + 1) > $as_of
  RETURN one
UNION
  MATCH (near)<-[:IS]-(:Member)-[:OWNS]->(s:Source)-[l:LISTS]->(:Identity)-[:OF]->(one:Person)
  WHERE s.id IN $sources AND coalesce(l.since, l.seen, 0) <= $as_of AND coalesce(l.gone, $as_of + 1) > $as_of
  RETURN one
}
WITH me, target, near, far, one
WHERE one = far OR one <> near AND one <> me AND NOT one.id IN $targets
CALL (one, far) {
  RETURN one AS two
UNION
  WITH one, far WHERE one <> far
  MATCH (one)<-[:OF]-(:Identity)-[e:INTERACTED]-(:Identity)-[:OF]->(two:Person)
  WHERE coalesce(e.source, '') IN $sources AND e.days[0] <= $as_of
  RETURN two
UNION
  WITH one, far WHERE one <> far
  MATCH (one)<-[:OF]-(:Identity)<-[l:LISTS]-(s:Source)<-[:OWNS]-(:Member)-[:IS]->(two:Person)
  WHERE s.id IN $sources AND coalesce(l.since, l.seen, 0) <= $as_of AND coalesce(l.gone, $as_of + 1) > $as_of
  RETURN two
UNION
  WITH one, far WHERE one <> far
  MATCH (one)<-[:IS]-(:Member)-[:OWNS]->(s:Source)-[l:LISTS]->(:Identity)-[:OF]->(two:Person)
  WHERE s.id IN $sources AND coalesce(l.since, l.seen, 0) <= $as_of AND coalesce(l.gone, $as_of + 1) > $as_of
  RETURN two
}
WITH me, target, near, far, one, two
WHERE one = far OR two <> me AND NOT two.id IN $targets
  AND EXISTS {
    MATCH (two)<-[:OF]-(i:Identity)
    MATCH (far)<-[:OF]-(j:Identity)
    WITH i, j
    MATCH (i)-[e:INTERACTED]-(j)
    WHERE coalesce(e.source, '') IN $sources AND e.days[0] <= $as_of
    RETURN i
  UNION
    MATCH (two)<-[:IS]-(:Member)-[:OWNS]->(s:Source) WHERE s.id IN $sources
    MATCH (far)<-[:OF]-(i:Identity)
    WITH s, i
    MATCH (s)-[l:LISTS]->(i)
    WHERE coalesce(l.since, l.seen, 0) <= $as_of AND coalesce(l.gone, $as_of + 1) > $as_of
    RETURN i
  UNION
    MATCH (far)<-[:IS]-(:Member)-[:OWNS]->(s:Source) WHERE s.id IN $sources
    MATCH (two)<-[:OF]-(i:Identity)
    WITH s, i
    MATCH (s)-[l:LISTS]->(i)
    WHERE coalesce(l.since, l.seen, 0) <= $as_of AND coalesce(l.gone, $as_of + 1) > $as_of
    RETURN i
  }
WITH me, target, CASE WHEN one = far THEN [] WHEN one = two THEN [one] WHEN near = me THEN [one, two] ELSE [two, one] END
  AS between
RETURN collect([person IN [me] + between + target | [person.id, person.name]]) AS chains
