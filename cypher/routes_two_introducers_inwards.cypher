// The best route with two introducers through each first one, from the target inwards.
//
// For an asker whom many know: of all that can follow a person only the best is kept, so their many ties are looked
// through once, at the end, instead of being walked. The answer is that of routes_two_introducers, and is told and
// cut in the same way.
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
  MATCH (target:Person {network: $network})<-[reached:KNOWS]-(second)
  WHERE target.id IN $targets AND reached.audience IN $audiences AND $near * reached.reach > $bound
  WITH second, min([-reached.reach, target.name, target.id]) AS onward
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
