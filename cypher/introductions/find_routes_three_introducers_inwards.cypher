// The best route with two or three introducers through each first one, from the target inwards.
//
// For an asker whom many know, as routes_two_introducers_inwards is. A first introducer who comes again as the third
// is not told apart, as in routes_three_introducers, and does no harm for the same reason. Those who are asked are no part
// of what is grouped by: Neo4j would count them anew for each group, and run out of memory.
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
  RETURN one[0] AS first, one[1] AS acts, one[2] AS lacking, null AS two, null AS three
UNION ALL
  CALL () {
    CALL () {
      MATCH (target:Person {network: $network})<-[reached:KNOWS]-(second)
      WHERE target.id IN $targets AND reached.audience IN $audiences AND $near * reached.reach > $bound
      RETURN second, min([-reached.reach, target.name, target.id]) AS near, null AS onward
    UNION ALL
      MATCH (target:Person {network: $network})<-[reached:KNOWS]-(third)
      WHERE target.id IN $targets AND reached.audience IN $audiences AND $near * reached.reach > $bound
      WITH third, min([-reached.reach, target.name, target.id]) AS onward
      WHERE NOT third.id IN $never
      WITH third, onward[0] AS odds, [third.name, third.id] + onward AS onward,
           -$bound / ($near * onward[0]) * 0.999999999999 AS least
      MATCH (one)-[handed:KNOWS]->(second)
      USING INDEX handed:KNOWS(by, audience, acts)
      WHERE handed.by = third.id AND one = third AND handed.acts > least
        AND handed.audience IN $audiences AND $near * (handed.acts * odds) < -$bound
      RETURN second, null AS near, min([handed.acts * odds] + onward) AS onward
    }
    RETURN second, min(near) AS near, min(onward) AS onward
  }
  WITH firsts, second, near, onward WHERE NOT second.id IN $never
  WITH firsts, second, near[0] AS near_odds, [second.name, second.id] + near AS near,
       onward[0] AS odds, [second.name, second.id] + onward AS onward
  WITH firsts, second, near_odds, near, odds, onward,
       CASE WHEN odds IS NULL OR near_odds < odds THEN near_odds ELSE odds END AS most
  WITH firsts, second, near_odds, near, odds, onward, most, -$bound / ($near * most) * 0.999999999999 AS least
  MATCH (one)-[passed:KNOWS]->(first)
  USING INDEX passed:KNOWS(by, audience, acts)
  WHERE passed.by = second.id AND one = second AND passed.acts > least
    AND passed.audience IN $audiences AND $near * (passed.acts * most) < -$bound AND first IN firsts
  RETURN first, null AS acts, null AS lacking, min([passed.acts * near_odds] + near) AS two,
         min([passed.acts * odds] + onward) AS three
}
WITH first, max(acts) AS acts, max(lacking) AS lacking, min(two) AS two, min(three) AS three
WHERE (two IS NOT NULL OR three IS NOT NULL) AND NOT first.id IN $never
UNWIND [two, three] AS onward
WITH first, acts * onward[0] AS odds, lacking, onward
WHERE odds < -$bound
WITH first, lacking, min([odds, size(onward)] + onward) AS best
WITH [best[0], lacking, first.name, first.id] + best[2..] AS route
RETURN route ORDER BY route[0], size(route), route LIMIT $limit
