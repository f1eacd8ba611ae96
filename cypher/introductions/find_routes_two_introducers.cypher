// Find the best route with two introducers through each first introducer, from both ends at once.
//
// The halves meet at the second introducer; a person who cannot be one is dropped row by row. $bound is the score that
// a route must exceed to change the result; $near and $far are the best ties at the ends. A factor left out of a bound
// could only lower it, to the bit, so no bound loses a route. Ties further in are looked up by strength, so that the
// query reads none below the bound; the last zeros of `least` cover the rounding of a quotient.
// find_routes_one_introducer explains the form of a route.
//
// A route is left out where the asker can start at the second introducer with at least its score: `own` is that score,
// from $met.
//
// mode:    read
// params:  network, viewer_id, targets, never, audiences, met, near, far, bound, limit
// returns: route
MATCH (target:Person {network: $network})<-[reached:KNOWS]-(second)
WHERE target.id IN $targets AND reached.audience IN $audiences AND reached.asleep IS NULL AND $near * reached.mutual_strength > $bound
WITH second, min([-reached.mutual_strength, target.name, target.id]) AS onward
WHERE NOT second.id IN $never
WITH collect(second) AS seconds, collect([second, onward]) AS halves
CALL (seconds, halves) {
  MATCH (me:Person {network: $network, id: $viewer_id})<-[asked:KNOWS]-(first)
  WHERE asked.audience IN $audiences AND asked.asleep IS NULL AND asked.strength * $far > $bound
  WITH seconds, first, asked.strength AS strength, $bound / (asked.strength * $far) * 0.999999999999 AS least
  MATCH (second)-[passed:KNOWS]->(one)
  USING INDEX SEEK passed:KNOWS(towards, audience, strength)
  WHERE passed.towards = first.id AND one = first AND passed.strength > least
    AND passed.audience IN $audiences AND passed.asleep IS NULL AND strength * (passed.strength * $far) > $bound AND second IN seconds
  RETURN second, [first, strength, passed.strength] AS asking, null AS onward
UNION ALL
  UNWIND halves AS half
  RETURN half[0] AS second, null AS asking, half[1] AS onward
}
WITH second, collect(asking) AS asking, min(onward) AS onward
WITH second, asking, onward, coalesce($met[second.id], 0.0) AS own
UNWIND asking AS half
WITH second, half[0] AS first, half[1] AS strength, half[2] * onward[0] AS score, onward, own
WHERE strength * score < -$bound AND strength * score < -own
WITH first, min([strength * score, 0.0, first.name, first.id, score, second.name, second.id] + onward) AS route
WHERE NOT first.id IN $never
RETURN route ORDER BY route LIMIT $limit
