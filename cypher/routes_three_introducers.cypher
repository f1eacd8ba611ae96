// The best route with three introducers through each first one, from both ends at once.
//
// The halves meet at the second introducer. Of all that can follow a person only the best is kept, and the halves are
// joined by grouping: a plain join would hold every pair of halves, and among people who all know each other these are
// millions. A first introducer who comes again as the third is not told apart here: the same introducer
// without the way round is the better route and has been found before (docs/decisions/0004-routes.md).
// How a route is told and cut: routes_one_introducer, routes_two_introducers.
//
// mode:    read
// params:  network, viewer_id, targets, never, audiences, near, far, bound, limit
// returns: route
CALL () {
  MATCH (me:Person {network: $network, id: $viewer_id})<-[asked:KNOWS]-(first)<-[passed:KNOWS]-(second)
  WHERE asked.audience IN $audiences AND passed.audience IN $audiences
    AND asked.acts * (passed.acts * $far) > $bound
  RETURN second, collect({first: first, asked: asked.acts, passed: passed.acts}) AS asking, null AS onward
UNION ALL
  MATCH (target:Person {network: $network})<-[reached:KNOWS]-(third)
  WHERE target.id IN $targets AND reached.audience IN $audiences AND $near * reached.reach > $bound
  WITH third, min([-reached.reach, target.name, target.id]) AS onward
  WHERE NOT third.id IN $never
  WITH third, onward[0] AS odds, [third.name, third.id] + onward AS onward
  MATCH (third)-[handed:KNOWS]->(second)
  WHERE handed.audience IN $audiences AND $near * (handed.acts * odds) < -$bound
  RETURN second, null AS asking, min([handed.acts * odds] + onward) AS onward
}
WITH second, head(collect(asking)) AS asking, min(onward) AS onward
WHERE asking IS NOT NULL AND onward IS NOT NULL AND NOT second.id IN $never
WITH asking, onward[0] AS odds, [second.name, second.id] + onward AS onward
UNWIND asking AS half
WITH half.first AS first, half.asked AS acts, half.passed * odds AS odds, onward
WHERE acts * odds < -$bound
WITH first, min([acts * odds, odds] + onward) AS best
WHERE NOT first.id IN $never
WITH [best[0], 0.0, first.name, first.id] + best[1..] AS route
RETURN route ORDER BY route LIMIT $limit
