// Find the best route with two or three introducers through each first introducer, from both ends at once.
//
// The halves meet at the second introducer. Of all continuations of a person only the best of each length is kept, and
// the halves are joined by grouping: a plain join would hold every pair of halves, which are millions among people who
// all know each other. Most people met from one end are read only once it is known that they are met from the other
// end too. find_routes_one_introducer and find_routes_two_introducers explain the form of a route, the pruning and the
// lookups.
//
// A route is left out where the asker can start at its second or third introducer with at least its score: `own` is the
// asker's tie to the second, and the score from the third comes from $met. So the best continuation of a person is not
// always the one that is used. `tails` are those that are the best for some strength of the steps before them: each has
// a lower `cost`, the product of the steps before it that it must exceed, than all better ones. This removes a first
// introducer who appears again as the third, too.
//
// mode:    read
// params:  network, viewer_id, targets, never, audiences, met, near, far, bound, limit
// returns: route
CALL () {
  MATCH (me:Person {network: $network, id: $viewer_id})<-[asked:KNOWS]-(first)
  WHERE asked.audience IN $audiences AND asked.asleep IS NULL AND asked.strength * $far > $bound
  WITH first, asked.strength AS strength, $bound / (asked.strength * $far) * 0.999999999999 AS least
  MATCH (second)-[passed:KNOWS]->(one)
  USING INDEX SEEK passed:KNOWS(towards, audience, strength)
  WHERE passed.towards = first.id AND one = first AND passed.strength > least
    AND passed.audience IN $audiences AND passed.asleep IS NULL AND strength * (passed.strength * $far) > $bound
  RETURN second, [first, strength, passed.strength] AS asking, null AS own, null AS near, null AS open, null AS rival
UNION ALL
  MATCH (me:Person {network: $network, id: $viewer_id})<-[asked:KNOWS]-(second)
  WHERE asked.audience IN $audiences AND asked.asleep IS NULL AND asked.strength * $far > $bound
  RETURN second, null AS asking, asked.strength AS own, null AS near, null AS open, null AS rival
UNION ALL
  MATCH (target:Person {network: $network})<-[reached:KNOWS]-(second)
  WHERE target.id IN $targets AND reached.audience IN $audiences AND reached.asleep IS NULL AND $near * reached.mutual_strength > $bound
  RETURN second, null AS asking, null AS own, [-reached.mutual_strength, target.name, target.id] AS near, null AS open,
         null AS rival
UNION ALL
  MATCH (target:Person {network: $network})<-[reached:KNOWS]-(third)
  WHERE target.id IN $targets AND reached.audience IN $audiences AND reached.asleep IS NULL AND $near * reached.mutual_strength > $bound
  WITH third, min([-reached.mutual_strength, target.name, target.id]) AS onward
  WHERE NOT third.id IN $never
  WITH third, onward[0] AS score, [third.name, third.id] + onward AS onward,
       -$bound / ($near * onward[0]) * 0.999999999999 AS least, coalesce($met[third.id], 0.0) AS known
  MATCH (one)-[handed:KNOWS]->(second)
  USING INDEX SEEK handed:KNOWS(by, audience, strength)
  WHERE handed.by = third.id AND one = third AND handed.strength > least
    AND handed.audience IN $audiences AND handed.asleep IS NULL AND $near * (handed.strength * score) < -$bound
    AND $near * (handed.strength * score) < -known
  WITH second, known, [handed.strength * score] + onward AS onward
  RETURN second, null AS asking, null AS own, null AS near, CASE WHEN known = 0.0 THEN onward END AS open,
         CASE WHEN known > 0.0 THEN [onward, known] END AS rival
}
WITH second, collect(asking) AS asking, max(own) AS own, min(near) AS near, min(open) AS open, collect(rival) AS rivals
WHERE size(asking) > 0 AND (near IS NOT NULL OR open IS NOT NULL OR size(rivals) > 0) AND NOT second.id IN $never
WITH second, asking, coalesce(own, 0.0) AS own, near, open,
     COLLECT { UNWIND rivals AS rival WITH rival WHERE open IS NULL OR rival[0] < open RETURN rival ORDER BY rival }
       AS rivals
WITH second, [half IN asking WHERE half[1] * half[2] * 1.000000000001 > own] AS asking, own,
     CASE WHEN near IS NULL THEN [] ELSE [[near, 0.0]] END + CASE WHEN open IS NULL THEN [] ELSE [[open, 0.0]] END
       + reduce(tails = [], rival IN rivals |
           CASE WHEN size(tails) = 0 OR rival[1] / -rival[0][0] < tails[-1][1] / -tails[-1][0][0] * 1.000000000001
             THEN tails + [rival] ELSE tails END) AS tails
UNWIND tails AS tail
UNWIND asking AS half
WITH second, half[0] AS first, half[1] AS strength, half[2] * tail[0][0] AS score, tail[0] AS rest, tail[1] AS known, own
WHERE strength * score < -$bound AND strength * score < own * rest[0] AND strength * score < -known
WITH first, strength, score, size(rest) AS length, [second.name, second.id] + rest AS onward
WITH first, min([strength * score, length, score] + onward) AS best
WHERE NOT first.id IN $never
WITH [best[0], 0.0, first.name, first.id] + best[2..] AS route
RETURN route ORDER BY route[0], size(route), route LIMIT $limit
