// Rank the people whose tie to the viewer would open a route to most of the given targets, with one introducer or two.
//
// A person opens a target if they know it, or, with $two, if somebody whom they can ask knows it. The person is then the
// first introducer. Of the people who know targets, the $hubs who know most count, and of each the $hubs strongest ties.
// $never are no introducers. People whom no source in view ($sources) names are left out.
//
// mode:    read
// params:  network, viewer_id, targets, never, audiences, sources, two, hubs, limit
// returns: id, targets
UNWIND $targets AS ids
MATCH (target:Person {network: $network}) WHERE target.id IN ids
MATCH (target)<-[reached:KNOWS]-(last:Person)
WHERE reached.audience IN $audiences AND reached.asleep IS NULL AND NOT last.id IN ids AND NOT last.id IN $never
WITH last, ids, max(reached.mutual_strength) AS mutual_strength
WITH last, collect([ids, mutual_strength]) AS known, sum(mutual_strength) AS expected
ORDER BY expected DESC, last.id
LIMIT $hubs
CALL (last) {
  RETURN last AS first, 1.0 AS strength
UNION ALL
  MATCH (first:Person)<-[passed:KNOWS]-(last)
  WHERE $two AND passed.audience IN $audiences AND passed.asleep IS NULL AND NOT first.id IN $never
  WITH first, max(passed.strength) AS strength
  ORDER BY strength DESC, first.id
  LIMIT $hubs
  RETURN first, strength
}
UNWIND known AS each
WITH first, each[0] AS ids, strength * each[1] AS score
WHERE NOT first.id IN ids
WITH first, ids[0] AS target, max(score) AS score
WITH first, collect(target) AS targets, sum(score) AS expected
WHERE NOT EXISTS {
  MATCH (first)-[known:KNOWS]->(:Person {network: $network, id: $viewer_id}) WHERE known.audience IN $audiences
} AND EXISTS {
  MATCH (first)<-[:OF]-(:Identity)<-[:NAMES]-(s:Source) WHERE s.id IN $sources
}
RETURN first.id AS id, targets
ORDER BY size(targets) DESC, expected DESC, id
LIMIT $limit
