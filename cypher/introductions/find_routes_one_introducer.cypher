// Find the best route through each introducer who knows the target, and the degrees and best ties of both ends.
//
// KNOWS exists only where the person who must respond has contacted the other before, so a stranger cannot be an
// introducer. The number of people somebody knows plays no part. The query reads the ties of both ends once and groups
// by person to find those at both. The degrees that choose the form of the next query and the best tie at each end,
// which prunes it, need no query of their own (docs/decisions/0004-routes.md).
//
// A route is a list from the asker to the target with three values a person: minus the score of the rest, name, id;
// the target comes last. The smallest list is the best route: higher score, then name, then id. min() keeps it without
// sorting, and every form of the search orders equal scores alike. Scores are multiplied from the target inwards in
// every form, so that they are equal to the bit.
//
// A route may also start at one of $colleagues. That they respond is policy and no factor of the score. What their
// strength lacks to 1 stands between the score and the first name, 0 for everybody else, and orders equal scores. It
// is returned for the longer searches. $never are no introducers.
//
// `met` holds the score of every route, as [id, score]: the longer searches leave out routes over these people that
// score no more.
//
// mode:    read
// params:  network, viewer_id, targets, colleagues, never, audiences, limit
// returns: asker_known, target_known, near, far, colleagues, met, routes
MATCH (me:Person {network: $network, id: $viewer_id})
MATCH (target:Person {network: $network}) WHERE target.id IN $targets
WITH me, collect(target) AS targets
CALL (me, targets) {
  MATCH (me)<-[asked:KNOWS]-(first)
  WHERE asked.audience IN $audiences AND asked.asleep IS NULL AND NOT first IN targets
  RETURN first, asked.strength AS strength, null AS granted, null AS onward
UNION ALL
  MATCH (first:Person {network: $network}) WHERE first.id IN $colleagues
  RETURN first, null AS strength, 1.0 AS granted, null AS onward
UNION ALL
  UNWIND targets AS target
  MATCH (target)<-[reached:KNOWS]-(first)
  WHERE reached.audience IN $audiences AND reached.asleep IS NULL AND first <> me AND NOT first IN targets
  RETURN first, null AS strength, null AS granted, [-reached.mutual_strength, target.name, target.id] AS onward
}
WITH first, max(strength) AS strength, max(granted) AS granted, min(onward) AS onward
WITH first, coalesce(granted, strength) AS strength, onward,
     CASE WHEN granted IS NULL THEN 0.0 ELSE granted - coalesce(strength, 0.0) END AS lacking, granted
WITH count(strength) AS asker_known, count(onward) AS target_known, max(strength) AS near, -min(onward[0]) AS far,
     collect(CASE WHEN granted IS NOT NULL THEN {id: first.id, lacking: lacking} END) AS colleagues,
     collect(CASE WHEN strength * onward[0] < 0 AND NOT first.id IN $never
       THEN [strength * onward[0], lacking, first.name, first.id] + onward END) AS met
RETURN asker_known, target_known, near, far, colleagues, [route IN met | [route[3], -route[0]]] AS met,
       COLLECT { UNWIND met AS route RETURN route ORDER BY route LIMIT $limit } AS routes
