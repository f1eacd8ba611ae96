// Find the chains from the viewer to a target with at most one introducer and exactly one missing tie, best first.
//
// A tie is missing where evidence or a list entry connects two people and the one who must respond does not know the
// other. The score is the product of the other ties, as for a route. The viewer is usually the owner of a mailbox with
// a hundred thousand correspondents, so the search starts at the target and looks up what lies between two known ends.
// `outsider`: the silent person is a member of another organisation, so that an unanswered message was an approach.
//
// mode:    read
// params:  network, viewer_id, targets, never, audiences, sources, as_of
// returns: people, by, towards, score, outsider
MATCH (me:Person {network: $network, id: $viewer_id})
MATCH (target:Person {network: $network}) WHERE target.id IN $targets
CALL (me, target) {
  // the target does not know the viewer
  WITH me, target
  RETURN [me, target] AS people, target AS by, me AS towards, 1.0 AS score
UNION ALL
  // somebody knows the target and does not know the viewer
  MATCH (target)<-[reached:KNOWS]-(one:Person)
  WHERE reached.audience IN $audiences AND reached.asleep IS NULL AND NOT one.id IN $never
  WITH me, target, one, max(reached.mutual_strength) AS score
  RETURN [me, one, target] AS people, one AS by, me AS towards, score
UNION ALL
  // somebody knows the viewer and does not know the target
  CALL (target) {
    MATCH (target)<-[:OF]-(:Identity)-[e:INTERACTED]-(:Identity)-[:OF]->(one:Person)
    WHERE coalesce(e.source, '') IN $sources AND e.days[0] <= $as_of
    RETURN one
  UNION
    MATCH (target)<-[:OF]-(:Identity)<-[l:LISTS]-(s:Source)<-[:OWNS]-(:Member)-[:IS]->(one:Person)
    WHERE s.id IN $sources AND coalesce(l.since, l.seen, 0) <= $as_of AND coalesce(l.gone, $as_of + 1) > $as_of
    RETURN one
  UNION
    MATCH (target)<-[:IS]-(:Member)-[:OWNS]->(s:Source)-[l:LISTS]->(:Identity)-[:OF]->(one:Person)
    WHERE s.id IN $sources AND coalesce(l.since, l.seen, 0) <= $as_of AND coalesce(l.gone, $as_of + 1) > $as_of
    RETURN one
  }
  WITH me, target, one
  WHERE NOT one.id IN $never
  MATCH (me)<-[asked:KNOWS]-(one)
  WHERE asked.audience IN $audiences AND asked.asleep IS NULL
  WITH me, target, one, max(asked.strength) AS score
  RETURN [me, one, target] AS people, one AS by, target AS towards, score
}
WITH people, by, towards, score
ORDER BY score DESC, size(people), [person IN people | [person.name, person.id]]
WHERE NOT EXISTS { (by)-[k:KNOWS]->(towards) WHERE k.audience IN $audiences AND k.asleep IS NULL }
  AND EXISTS {
    MATCH (by)<-[:OF]-(i:Identity)
    MATCH (towards)<-[:OF]-(j:Identity)
    WITH i, j
    MATCH (i)-[e:INTERACTED]-(j)
    WHERE coalesce(e.source, '') IN $sources AND e.days[0] <= $as_of
    RETURN i
  UNION
    MATCH (by)<-[:IS]-(:Member)-[:OWNS]->(s:Source) WHERE s.id IN $sources
    MATCH (towards)<-[:OF]-(i:Identity)
    WITH s, i
    MATCH (s)-[l:LISTS]->(i) WHERE coalesce(l.since, l.seen, 0) <= $as_of AND coalesce(l.gone, $as_of + 1) > $as_of
    RETURN i
  UNION
    MATCH (towards)<-[:IS]-(:Member)-[:OWNS]->(s:Source) WHERE s.id IN $sources
    MATCH (by)<-[:OF]-(i:Identity)
    WITH s, i
    MATCH (s)-[l:LISTS]->(i) WHERE coalesce(l.since, l.seen, 0) <= $as_of AND coalesce(l.gone, $as_of + 1) > $as_of
    RETURN i
  }
WITH people, by, towards, score
LIMIT 1
RETURN [person IN people | person.id] AS people, by.id AS by, towards.id AS towards, score,
       EXISTS { (towards)<-[:IS]-(:Member) }
       AND NOT EXISTS {
         MATCH (by)<-[:OF]-(i:Identity)
         MATCH (towards)<-[:OF]-(j:Identity)
         WHERE i.domain = j.domain
       } AS outsider
