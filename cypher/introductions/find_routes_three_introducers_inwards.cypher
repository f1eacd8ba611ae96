// Find the best route with two or three introducers through each first introducer, from the target inwards.
//
// The form serves an asker whom many people know, like find_routes_two_introducers_inwards. The routes that it leaves
// out and the `tails` are those of find_routes_three_introducers. The people who can be asked are no grouping key: Neo4j
// would compute them again for each group and run out of memory.
//
// mode:    read
// params:  network, viewer_id, targets, colleagues, never, audiences, met, near, far, bound, limit
// returns: route
CALL () {
  MATCH (me:Person {network: $network, id: $viewer_id})<-[asked:KNOWS]-(first)
  WHERE asked.audience IN $audiences AND asked.asleep IS NULL AND asked.strength * $far > $bound
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
  RETURN one[0] AS first, one[1] AS strength, one[2] AS lacking, null AS two, null AS three, null AS rivals
UNION ALL
  CALL (asking) {
    CALL (asking) {
      UNWIND asking AS one
      RETURN one[0] AS second, one[1] AS own, null AS near, null AS open, null AS rivals
    UNION ALL
      MATCH (target:Person {network: $network})<-[reached:KNOWS]-(second)
      WHERE target.id IN $targets AND reached.audience IN $audiences AND reached.asleep IS NULL AND $near * reached.mutual_strength > $bound
      RETURN second, null AS own, min([-reached.mutual_strength, target.name, target.id]) AS near, null AS open,
             null AS rivals
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
      RETURN second, null AS own, null AS near, min(CASE WHEN known = 0.0 THEN onward END) AS open,
             collect(CASE WHEN known > 0.0 THEN [onward, known] END) AS rivals
    }
    WITH second, coalesce(max(own), 0.0) AS own, min(near) AS near, min(open) AS open, max(rivals) AS rivals
    WHERE near IS NOT NULL OR open IS NOT NULL OR size(rivals) > 0
    WITH second, own, near, open,
         COLLECT { UNWIND rivals AS rival WITH rival WHERE open IS NULL OR rival[0] < open RETURN rival ORDER BY rival }
           AS rivals
    RETURN second, own,
           CASE WHEN near IS NULL THEN [] ELSE [[near, 0.0]] END + CASE WHEN open IS NULL THEN [] ELSE [[open, 0.0]] END
             + reduce(tails = [], rival IN rivals |
                 CASE WHEN size(tails) = 0 OR rival[1] / -rival[0][0] < tails[-1][1] / -tails[-1][0][0] * 1.000000000001
                   THEN tails + [rival] ELSE tails END) AS tails
  }
  WITH firsts, second, own, tails WHERE NOT second.id IN $never
  WITH firsts, second, own,
       [tail IN tails | [tail[0][0], [second.name, second.id] + tail[0],
         CASE WHEN own * tail[0][0] < -tail[1] THEN -own * tail[0][0] ELSE tail[1] END]] AS tails,
       reduce(most = 0.0, tail IN tails | CASE WHEN tail[0][0] < most THEN tail[0][0] ELSE most END) AS most
  WITH firsts, second, own, tails, most, -$bound / ($near * most) * 0.999999999999 AS least
  MATCH (one)-[passed:KNOWS]->(first)
  USING INDEX SEEK passed:KNOWS(by, audience, strength)
  WHERE passed.by = second.id AND one = second AND passed.strength > least
    AND passed.audience IN $audiences AND passed.asleep IS NULL AND $near * (passed.strength * most) < -$bound AND first IN firsts
    AND $near * passed.strength * 1.000000000001 > own
  UNWIND tails AS tail
  WITH first, passed.strength * tail[0] AS score, tail[1] AS onward, tail[2] AS known
  WHERE $near * score < -known
  WITH first, [score] + onward AS onward, known
  RETURN first, null AS strength, null AS lacking,
         min(CASE WHEN known = 0.0 AND size(onward) = 6 THEN onward END) AS two,
         min(CASE WHEN known = 0.0 AND size(onward) > 6 THEN onward END) AS three,
         collect(CASE WHEN known > 0.0 THEN [onward, known] END) AS rivals
}
WITH first, max(strength) AS strength, max(lacking) AS lacking, min(two) AS two, min(three) AS three,
     max(rivals) AS rivals
WHERE strength IS NOT NULL AND NOT first.id IN $never
UNWIND [[two, 0.0], [three, 0.0]] + coalesce(rivals, []) AS tail
WITH first, strength * tail[0][0] AS score, lacking, tail[0] AS onward, tail[1] AS known
WHERE score < -$bound AND score < -known
WITH first, lacking, min([score, size(onward)] + onward) AS best
WITH [best[0], lacking, first.name, first.id] + best[2..] AS route
RETURN route ORDER BY route[0], size(route), route LIMIT $limit
