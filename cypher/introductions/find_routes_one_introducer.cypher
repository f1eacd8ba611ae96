// The best route through each introducer who knows the target, and what is known of both ends.
//
// KNOWS exists only where the one who must act has reached out before, so a stranger cannot be a stepping stone, and
// how many people somebody knows plays no part. Both ends are looked through once, and who stands at both is found by
// grouping: so the degrees that choose the form of the next question, and the best tie at each end, which cuts it,
// cost no question of their own (docs/decisions/0004-routes.md).
//
// A route is told from the asker inwards, three words a person: minus the odds of what is still to come, name, id;
// the target last. So the least list is the best route: more odds, then the name, then the id. min() keeps it
// without sorting, and every form of the question settles equal odds alike. Odds are multiplied from the target
// inwards in every form, so that they are equal to the bit.
//
// A route may also start at one of $colleagues. That they act is taken for granted, so it is no part of the odds; what
// is lacking to it by the evidence stands between the odds and the first name, 0 for whoever is no colleague, and
// settles equal odds. It is given back for the deeper questions. $never are no introducers.
//
// mode:    read
// params:  network, viewer_id, targets, colleagues, never, audiences, limit
// returns: asker_known, target_known, near, far, colleagues, routes
MATCH (me:Person {network: $network, id: $viewer_id})
MATCH (target:Person {network: $network}) WHERE target.id IN $targets
WITH me, collect(target) AS targets
CALL (me, targets) {
  MATCH (me)<-[asked:KNOWS]-(first)
  WHERE asked.audience IN $audiences AND NOT first IN targets
  RETURN first, asked.strength AS strength, null AS granted, null AS onward
UNION ALL
  MATCH (first:Person {network: $network}) WHERE first.id IN $colleagues
  RETURN first, null AS strength, 1.0 AS granted, null AS onward
UNION ALL
  UNWIND targets AS target
  MATCH (target)<-[reached:KNOWS]-(first)
  WHERE reached.audience IN $audiences AND first <> me AND NOT first IN targets
  RETURN first, null AS strength, null AS granted, [-reached.mutual_strength, target.name, target.id] AS onward
}
WITH first, max(strength) AS strength, max(granted) AS granted, min(onward) AS onward
WITH first, coalesce(granted, strength) AS strength, onward,
     CASE WHEN granted IS NULL THEN 0.0 ELSE granted - coalesce(strength, 0.0) END AS lacking, granted
WITH count(strength) AS asker_known, count(onward) AS target_known, max(strength) AS near, -min(onward[0]) AS far,
     collect(CASE WHEN granted IS NOT NULL THEN {id: first.id, lacking: lacking} END) AS colleagues,
     collect(CASE WHEN strength * onward[0] < 0 AND NOT first.id IN $never
       THEN [strength * onward[0], lacking, first.name, first.id] + onward END) AS met
RETURN asker_known, target_known, near, far, colleagues,
       COLLECT { UNWIND met AS route RETURN route ORDER BY route LIMIT $limit } AS routes
