// Find the best route with two or three introducers through each first introducer, from the target inwards.
//
// The form serves an asker whom many people know, like find_routes_two_introducers_inwards. A first introducer who
// appears again as the third is not removed, as in find_routes_three_introducers, and for the same reason. The people
// who can be asked are no grouping key: Neo4j would compute them again for each group and run out of memory.
//
// mode:    read
// params:  network, viewer_id, targets, colleagues, never, audiences, near, far, bound, limit
// returns: route
CALL () {
  MATCH (me:Person {network: $network, id: $viewer_id})<-[asked:KNOWS]-(first)
  WHERE asked.audience IN $audiences AND asked.strength * $far > $bound
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
  RETURN one[0] AS first, one[1] AS strength, one[2] AS lacking, null AS two, null AS three
UNION ALL
  CALL () {
    CALL () {
      MATCH (target:Person {network: $network})<-[reached:KNOWS]-(second)
      WHERE target.id IN $targets AND reached.audience IN $audiences AND $near * reached.mutual_strength > $bound
      RETURN second, min([-reached.mutual_strength, target.name, target.id]) AS near, null AS onward
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
      RETURN second, null AS near, min([handed.strength * score] + onward) AS onward
    }
    RETURN second, min(near) AS near, min(onward) AS onward
  }
  WITH firsts, second, near, onward WHERE NOT second.id IN $never
  WITH firsts, second, near[0] AS near_odds, [second.name, second.id] + near AS near,
       onward[0] AS score, [second.name, second.id] + onward AS onward
  WITH firsts, second, near_odds, near, score, onward,
       CASE WHEN score IS NULL OR near_odds < score THEN near_odds ELSE score END AS most
  WITH firsts, second, near_odds, near, score, onward, most, -$bound / ($near * most) * 0.999999999999 AS least
  MATCH (one)-[passed:KNOWS]->(first)
  USING INDEX passed:KNOWS(by, audience, strength)
  WHERE passed.by = second.id AND one = second AND passed.strength > least
    AND passed.audience IN $audiences AND $near * (passed.strength * most) < -$bound AND first IN firsts
  RETURN first, null AS strength, null AS lacking, min([passed.strength * near_odds] + near) AS two,
         min([passed.strength * score] + onward) AS three
}
WITH first, max(strength) AS strength, max(lacking) AS lacking, min(two) AS two, min(three) AS three
WHERE (two IS NOT NULL OR three IS NOT NULL) AND NOT first.id IN $never
UNWIND [two, three] AS onward
WITH first, strength * onward[0] AS score, lacking, onward
WHERE score < -$bound
WITH first, lacking, min([score, size(onward)] + onward) AS best
WITH [best[0], lacking, first.name, first.id] + best[2..] AS route
RETURN route ORDER BY route[0], size(route), route LIMIT $limit
