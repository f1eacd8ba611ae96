// The best route with three introducers through each first one, from the target inwards.
//
// For an asker whom many know, as routes_two_introducers_inwards is. A first introducer who comes again as the third
// is not told apart, as in routes_three_introducers, and does no harm for the same reason.
//
// mode:    read
// params:  network, viewer_id, targets, colleagues, never, audiences, near, far, bound, limit
// returns: route
CALL () {
  MATCH (me:Person {network: $network, id: $viewer_id})<-[asked:KNOWS]-(first)
  WHERE asked.audience IN $audiences AND asked.acts * $far > $bound
  RETURN first, asked.acts AS acts, 0.0 AS lacking, null AS onward
UNION ALL
  UNWIND $colleagues AS colleague
  MATCH (first:Person {network: $network, id: colleague.id})
  RETURN first, 1.0 AS acts, colleague.lacking AS lacking, null AS onward
UNION ALL
  MATCH (target:Person {network: $network})<-[reached:KNOWS]-(third)
  WHERE target.id IN $targets AND reached.audience IN $audiences AND $near * reached.reach > $bound
  WITH third, min([-reached.reach, target.name, target.id]) AS onward
  WHERE NOT third.id IN $never
  WITH third, onward[0] AS odds, [third.name, third.id] + onward AS onward
  MATCH (third)-[handed:KNOWS]->(second)
  WHERE handed.audience IN $audiences AND $near * (handed.acts * odds) < -$bound
  WITH second, min([handed.acts * odds] + onward) AS onward
  WHERE NOT second.id IN $never
  WITH second, onward[0] AS odds, [second.name, second.id] + onward AS onward
  MATCH (second)-[passed:KNOWS]->(first)
  WHERE passed.audience IN $audiences AND $near * (passed.acts * odds) < -$bound
  RETURN first, null AS acts, null AS lacking, min([passed.acts * odds] + onward) AS onward
}
WITH first, max(acts) AS acts, max(lacking) AS lacking, min(onward) AS onward
WHERE acts * onward[0] < -$bound AND NOT first.id IN $never
WITH [acts * onward[0], lacking, first.name, first.id] + onward AS route
RETURN route ORDER BY route LIMIT $limit
