// Find the best chain from the viewer to a target with two introducers and exactly one missing tie, above $bound.
//
// It extends find_near_misses_short by one step. People who know the target come first, then whom they know or
// contacted; the viewer's side is only looked up. Where the tie to the viewer is missing, each person next to the
// viewer appears once, with the best score behind them, and is checked from the best down, so that the rest needs no
// check.
//
// mode:    read
// params:  network, viewer_id, targets, never, audiences, sources, as_of, bound
// returns: people, by, towards, score, outsider
MATCH (me:Person {network: $network, id: $viewer_id})
CALL (me) {
  // `two` knows `one` and the target; `one` does not know the viewer
  MATCH (target:Person {network: $network})<-[reached:KNOWS]-(two:Person)-[passed:KNOWS]->(one:Person)
  WHERE target.id IN $targets
    AND reached.audience IN $audiences AND reached.asleep IS NULL AND passed.audience IN $audiences AND passed.asleep IS NULL
    AND reached.mutual_strength > $bound AND passed.strength * reached.mutual_strength > $bound
    AND NOT two.id IN $never AND NOT one.id IN $never
  WITH me, one, max(passed.strength * reached.mutual_strength) AS score
  ORDER BY score DESC, one.name, one.id
  WHERE NOT EXISTS { (one)-[k:KNOWS]->(me) WHERE k.audience IN $audiences AND k.asleep IS NULL }
    AND EXISTS {
      MATCH (one)<-[:OF]-(i:Identity)
      MATCH (me)<-[:OF]-(j:Identity)
      WITH i, j
      MATCH (i)-[e:INTERACTED]-(j)
      WHERE coalesce(e.source, '') IN $sources AND e.days[0] <= $as_of
      RETURN i
    UNION
      MATCH (one)<-[:IS]-(:Member)-[:OWNS]->(s:Source) WHERE s.id IN $sources
      MATCH (me)<-[:OF]-(i:Identity)
      WITH s, i
      MATCH (s)-[l:LISTS]->(i) WHERE coalesce(l.since, l.seen, 0) <= $as_of AND coalesce(l.gone, $as_of + 1) > $as_of
      RETURN i
    UNION
      MATCH (me)<-[:IS]-(:Member)-[:OWNS]->(s:Source) WHERE s.id IN $sources
      MATCH (one)<-[:OF]-(i:Identity)
      WITH s, i
      MATCH (s)-[l:LISTS]->(i) WHERE coalesce(l.since, l.seen, 0) <= $as_of AND coalesce(l.gone, $as_of + 1) > $as_of
      RETURN i
    }
  WITH me, one, score
  LIMIT 1
  MATCH (target:Person {network: $network})<-[reached:KNOWS]-(two:Person)-[passed:KNOWS]->(one)
  WHERE target.id IN $targets
    AND reached.audience IN $audiences AND reached.asleep IS NULL AND passed.audience IN $audiences AND passed.asleep IS NULL
    AND passed.strength * reached.mutual_strength = score
    AND NOT two.id IN $never
  RETURN [me, one, two, target] AS people, one AS by, me AS towards, score
UNION ALL
  // `one` knows the viewer and `two` knows the target; `two` does not know `one`
  MATCH (target:Person {network: $network})<-[reached:KNOWS]-(two:Person)
  WHERE target.id IN $targets AND reached.audience IN $audiences AND reached.asleep IS NULL AND reached.mutual_strength > $bound
    AND NOT two.id IN $never
  WITH me, target, two, max(reached.mutual_strength) AS mutual_strength
  CALL (two) {
    MATCH (two)<-[:OF]-(:Identity)-[e:INTERACTED]-(:Identity)-[:OF]->(one:Person)
    WHERE coalesce(e.source, '') IN $sources AND e.days[0] <= $as_of
    RETURN one
  UNION
    MATCH (two)<-[:OF]-(:Identity)<-[l:LISTS]-(s:Source)<-[:OWNS]-(:Member)-[:IS]->(one:Person)
    WHERE s.id IN $sources AND coalesce(l.since, l.seen, 0) <= $as_of AND coalesce(l.gone, $as_of + 1) > $as_of
    RETURN one
  UNION
    MATCH (two)<-[:IS]-(:Member)-[:OWNS]->(s:Source)-[l:LISTS]->(:Identity)-[:OF]->(one:Person)
    WHERE s.id IN $sources AND coalesce(l.since, l.seen, 0) <= $as_of AND coalesce(l.gone, $as_of + 1) > $as_of
    RETURN one
  }
  WITH me, target, two, one, mutual_strength
  WHERE one <> two AND NOT one.id IN $never
  MATCH (me)<-[asked:KNOWS]-(one)
  WHERE asked.audience IN $audiences AND asked.asleep IS NULL AND asked.strength * mutual_strength > $bound
  WITH me, target, two, one, max(asked.strength * mutual_strength) AS score
  WHERE NOT EXISTS { (two)-[k:KNOWS]->(one) WHERE k.audience IN $audiences AND k.asleep IS NULL }
  RETURN [me, one, two, target] AS people, two AS by, one AS towards, score
UNION ALL
  // `one` knows the viewer and `two` knows `one`; `two` does not know the target
  MATCH (target:Person {network: $network})
  WHERE target.id IN $targets
  CALL (target) {
    MATCH (target)<-[:OF]-(:Identity)-[e:INTERACTED]-(:Identity)-[:OF]->(two:Person)
    WHERE coalesce(e.source, '') IN $sources AND e.days[0] <= $as_of
    RETURN two
  UNION
    MATCH (target)<-[:OF]-(:Identity)<-[l:LISTS]-(s:Source)<-[:OWNS]-(:Member)-[:IS]->(two:Person)
    WHERE s.id IN $sources AND coalesce(l.since, l.seen, 0) <= $as_of AND coalesce(l.gone, $as_of + 1) > $as_of
    RETURN two
  UNION
    MATCH (target)<-[:IS]-(:Member)-[:OWNS]->(s:Source)-[l:LISTS]->(:Identity)-[:OF]->(two:Person)
    WHERE s.id IN $sources AND coalesce(l.since, l.seen, 0) <= $as_of AND coalesce(l.gone, $as_of + 1) > $as_of
    RETURN two
  }
  WITH me, target, two
  WHERE NOT two.id IN $never
    AND NOT EXISTS { (two)-[k:KNOWS]->(target) WHERE k.audience IN $audiences AND k.asleep IS NULL }
  MATCH (two)-[passed:KNOWS]->(one:Person)
  WHERE passed.audience IN $audiences AND passed.asleep IS NULL AND passed.strength > $bound AND NOT one.id IN $never
  MATCH (one)-[asked:KNOWS]->(me)
  WHERE asked.audience IN $audiences AND asked.asleep IS NULL AND asked.strength * passed.strength > $bound
  WITH me, target, two, one, max(asked.strength * passed.strength) AS score
  RETURN [me, one, two, target] AS people, two AS by, target AS towards, score
}
WITH people, by, towards, score
ORDER BY score DESC, [person IN people | [person.name, person.id]]
LIMIT 1
RETURN [person IN people | person.id] AS people, by.id AS by, towards.id AS towards, score,
       EXISTS { (towards)<-[:IS]-(:Member) }
       AND NOT EXISTS {
         MATCH (by)<-[:OF]-(i:Identity)
         MATCH (towards)<-[:OF]-(j:Identity)
         WHERE i.domain = j.domain
       } AS outsider
