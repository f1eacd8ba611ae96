// Find the best route with two introducers through each first introducer, from the target inwards.
//
// The form serves an asker whom many people know: of all continuations of a person only the best is kept, so that the
// many ties of the asker are read once and not per path. Paths that end at nobody who can be asked are dropped row by
// row. The result, the pruning and the lookups are those of find_routes_two_introducers. The continuations over people
// whom the asker can ask are kept until the strength of the first tie decides between them.
//
// mode:    read
// params:  network, viewer_id, targets, colleagues, never, audiences, met, near, far, bound, limit
// returns: route
CALL () {
  MATCH (me:Person {network: $network, id: $viewer_id})<-[asked:KNOWS]-(first)
  WHERE asked.audience IN $audiences AND asked.asleep IS NULL AND asked.strength * $far > $bound
  RETURN first, asked.strength AS strength, 0.0 AS lacking
UNION ALL
  UNWIND $colleagues AS colleague
  MATCH (first:Person {network: $network, id: colleague.id})
  RETURN first, 1.0 AS strength, colleague.lacking AS lacking
}
WITH first, max(strength) AS strength, max(lacking) AS lacking
WITH collect(first) AS firsts, collect([first, strength, lacking]) AS asking
CALL (firsts, asking) {
  UNWIND asking AS one
  RETURN one[0] AS first, one[1] AS strength, one[2] AS lacking, null AS onward, null AS rivals
UNION ALL
  CALL () {
    MATCH (target:Person {network: $network})<-[reached:KNOWS]-(second)
    WHERE target.id IN $targets AND reached.audience IN $audiences AND reached.asleep IS NULL AND $near * reached.mutual_strength > $bound
    RETURN second, min([-reached.mutual_strength, target.name, target.id]) AS onward
  }
  WITH firsts, second, onward WHERE NOT second.id IN $never
  WITH firsts, second, onward[0] AS score, [second.name, second.id] + onward AS onward,
       -$bound / ($near * onward[0]) * 0.999999999999 AS least, coalesce($met[second.id], 0.0) AS own
  MATCH (one)-[passed:KNOWS]->(first)
  USING INDEX SEEK passed:KNOWS(by, audience, strength)
  WHERE passed.by = second.id AND one = second AND passed.strength > least
    AND passed.audience IN $audiences AND passed.asleep IS NULL AND $near * (passed.strength * score) < -$bound
    AND $near * (passed.strength * score) < -own AND first IN firsts
  WITH first, own, [passed.strength * score] + onward AS onward
  RETURN first, null AS strength, null AS lacking, min(CASE WHEN own = 0.0 THEN onward END) AS onward,
         collect(CASE WHEN own > 0.0 THEN [own, onward] END) AS rivals
}
WITH first, max(strength) AS strength, max(lacking) AS lacking, min(onward) AS onward, max(rivals) AS rivals
WHERE strength IS NOT NULL AND NOT first.id IN $never
UNWIND [[0.0, onward]] + coalesce(rivals, []) AS rest
WITH first, strength * rest[1][0] AS score, lacking, rest[1] AS onward, rest[0] AS own
WHERE score < -$bound AND score < -own
WITH first, lacking, min([score] + onward) AS best
WITH [best[0], lacking, first.name, first.id] + best[1..] AS route
RETURN route ORDER BY route LIMIT $limit
