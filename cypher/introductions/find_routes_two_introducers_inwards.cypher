// The best route with two introducers through each first one, from the target inwards.
//
// For an asker whom many know: of all that can follow a person only the best is kept, so their many ties are looked
// through once, instead of being walked; and what ends at nobody who is asked is dropped row by row. The answer is that
// of routes_two_introducers, and is told and cut in the same way; ties are looked up as there.
//
// mode:    read
// params:  network, viewer_id, targets, colleagues, never, audiences, near, far, bound, limit
// returns: route
CALL () {
  MATCH (me:Person {network: $network, id: $viewer_id})<-[asked:KNOWS]-(first)
  WHERE asked.audience IN $audiences AND asked.acts * $far > $bound
  RETURN first, asked.acts AS acts, 0.0 AS lacking
UNION ALL
  UNWIND $colleagues AS colleague
  MATCH (first:Person {network: $network, id: colleague.id})
  RETURN first, 1.0 AS acts, colleague.lacking AS lacking
}
WITH first, max(acts) AS acts, max(lacking) AS lacking
WITH collect(first) AS firsts, collect([first, acts, lacking]) AS asking
CALL (firsts, asking) {
  UNWIND asking AS one
  RETURN one[0] AS first, one[1] AS acts, one[2] AS lacking, null AS onward
UNION ALL
  CALL () {
    MATCH (target:Person {network: $network})<-[reached:KNOWS]-(second)
    WHERE target.id IN $targets AND reached.audience IN $audiences AND $near * reached.reach > $bound
    RETURN second, min([-reached.reach, target.name, target.id]) AS onward
  }
  WITH firsts, second, onward WHERE NOT second.id IN $never
  WITH firsts, second, onward[0] AS odds, [second.name, second.id] + onward AS onward,
       -$bound / ($near * onward[0]) * 0.999999999999 AS least
  MATCH (one)-[passed:KNOWS]->(first)
  USING INDEX passed:KNOWS(by, audience, acts)
  WHERE passed.by = second.id AND one = second AND passed.acts > least
    AND passed.audience IN $audiences AND $near * (passed.acts * odds) < -$bound AND first IN firsts
  RETURN first, null AS acts, null AS lacking, min([passed.acts * odds] + onward) AS onward
}
WITH first, max(acts) AS acts, max(lacking) AS lacking, min(onward) AS onward
WHERE acts * onward[0] < -$bound AND NOT first.id IN $never
WITH [acts * onward[0], lacking, first.name, first.id] + onward AS route
RETURN route ORDER BY route LIMIT $limit
