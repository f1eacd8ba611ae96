// The best route with two introducers through each first one, from both ends at once.
//
// The ends are fixed and the halves meet at the second introducer. $bound is what a route must exceed to change the
// answer; $near and $far are the best ties at the ends. What is left out of a cut would only lower it, to the bit, so
// no cut loses a route. How a route is told: routes_one_introducer.
//
// mode:    read
// params:  network, viewer_id, targets, never, audiences, near, far, bound, limit
// returns: route
MATCH (me:Person {network: $network, id: $viewer_id})<-[asked:KNOWS]-(first)<-[passed:KNOWS]-(second)
      -[reached:KNOWS]->(target:Person {network: $network})
USING JOIN ON second
WHERE target.id IN $targets
  AND asked.audience IN $audiences
  AND passed.audience IN $audiences
  AND reached.audience IN $audiences
  AND asked.acts * (passed.acts * $far) > $bound
  AND $near * reached.reach > $bound
WITH first, second, target, asked.acts AS acts, -passed.acts * reached.reach AS odds, -reached.reach AS onward
WHERE acts * odds < -$bound
  AND first <> second AND NOT first.id IN $never AND NOT second.id IN $never
WITH first, min([acts * odds, 0.0, first.name, first.id, odds, second.name, second.id, onward, target.name, target.id]) AS route
RETURN route ORDER BY route LIMIT $limit
