// Find the best route with two or three introducers through each first introducer, from both ends at once.
//
// The halves meet at the second introducer. Of all continuations of a person only the best of each length is kept, and
// the halves are joined by grouping: a plain join would hold every pair of halves, which are millions among people who
// all know each other. Most people met from one end are read only once it is known that they are met from the other
// end too. A first introducer who appears again as the third is not removed here: the same introducer without the
// detour is the better route and has been found before (docs/decisions/0004-routes.md). find_routes_one_introducer and
// find_routes_two_introducers explain the form of a route, the pruning and the lookups.
//
// mode:    read
// params:  network, viewer_id, targets, never, audiences, near, far, bound, limit
// returns: route
CALL () {
  MATCH (me:Person {network: $network, id: $viewer_id})<-[asked:KNOWS]-(first)
  WHERE asked.audience IN $audiences AND asked.strength * $far > $bound
  WITH first, asked.strength AS strength, $bound / (asked.strength * $far) * 0.999999999999 AS least
  MATCH (second)-[passed:KNOWS]->(one)
  USING INDEX passed:KNOWS(towards, audience, strength)
  WHERE passed.towards = first.id AND one = first AND passed.strength > least
    AND passed.audience IN $audiences AND strength * (passed.strength * $far) > $bound
  RETURN second, [first, strength, passed.strength] AS asking, null AS near, null AS onward
UNION ALL
  MATCH (target:Person {network: $network})<-[reached:KNOWS]-(second)
  WHERE target.id IN $targets AND reached.audience IN $audiences AND $near * reached.mutual_strength > $bound
  RETURN second, null AS asking, [-reached.mutual_strength, target.name, target.id] AS near, null AS onward
UNION ALL
  MATCH (target:Person {network: $network})<-[reached:KNOWS]-(third)
  WHERE target.id IN $targets AND reached.audience IN $audiences AND $near * reached.mutual_strength > $bound
  WITH third, min([-reached.mutual_strength, target.name, target.id]) AS onward
  WHERE NOT third.id IN $never
  WITH third, onward[0] AS score, [third.name, third.id] + onward AS onward,
       -$bound / ($near * onward[0]) * 0.999999999999 AS least
  MATCH (one)-[handed:KNOWS]->(second)
  USING INDEX handed:KNOWS(by, audience, strength)
  WHERE handed.by = third.id AND one = third AND handed.strength > least
    AND handed.audience IN $audiences AND $near * (handed.strength * score) < -$bound
  RETURN second, null AS asking, null AS near, [handed.strength * score] + onward AS onward
}
WITH second, collect(asking) AS asking, min(near) AS near, min(onward) AS onward
WHERE size(asking) > 0 AND (near IS NOT NULL OR onward IS NOT NULL) AND NOT second.id IN $never
UNWIND [near, onward] AS rest
WITH second, asking, rest WHERE rest IS NOT NULL
UNWIND asking AS half
WITH second, half[0] AS first, half[1] AS strength, half[2] * rest[0] AS score, rest
WHERE strength * score < -$bound
WITH first, strength, score, size(rest) AS length, [second.name, second.id] + rest AS onward
WITH first, min([strength * score, length, score] + onward) AS best
WHERE NOT first.id IN $never
WITH [best[0], 0.0, first.name, first.id] + best[2..] AS route
RETURN route ORDER BY route[0], size(route), route LIMIT $limit
