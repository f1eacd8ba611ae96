// Find the introducers through whom a route of one introducer would lead, if its ties were not silent for too long.
//
// A tie is asleep if all ties of the pair in view are. A colleague ($colleagues) as first introducer needs no tie to the
// viewer. `asked` and `reached` say which of the two ties is asleep. $never are no introducers.
//
// mode:    read
// params:  network, viewer_id, targets, colleagues, never, audiences, limit
// returns: introducer, target, asked, reached
MATCH (target:Person {network: $network})<-[reached:KNOWS]-(one:Person)
WHERE target.id IN $targets AND reached.audience IN $audiences AND NOT one.id IN $never
WITH one, target, max(reached.mutual_strength) AS mutual_strength, min(coalesce(reached.asleep, false)) AS is_reached_asleep
OPTIONAL MATCH (one)-[asked:KNOWS]->(:Person {network: $network, id: $viewer_id})
WHERE asked.audience IN $audiences
WITH one, target, mutual_strength, is_reached_asleep, max(asked.strength) AS strength,
     min(coalesce(asked.asleep, false)) AS is_asked_asleep
WITH one, target, mutual_strength, is_reached_asleep,
     CASE WHEN one.id IN $colleagues THEN 1.0 ELSE strength END AS strength,
     NOT one.id IN $colleagues AND is_asked_asleep AS is_asked_asleep
WHERE strength IS NOT NULL AND (is_reached_asleep OR is_asked_asleep)
WITH one, min([-strength * mutual_strength, target.id, is_asked_asleep, is_reached_asleep]) AS best
RETURN one.id AS introducer, best[1] AS target, best[2] AS asked, best[3] AS reached
ORDER BY best[0], one.name, introducer
LIMIT $limit
