// Find, for each target, the introducers through whom a route of one introducer would lead, if no tie of it were asleep.
//
// A target is a list of ids. A tie is asleep if all ties of the pair in view are. A colleague ($colleagues) as first
// introducer needs no tie to the viewer. $never are no introducers. `found` are [introducer, id of the target, whether the
// tie to the viewer is asleep], the best score first, $limit at most. `place` is the position of the target in $targets.
//
// mode:    read
// params:  network, viewer_id, targets, colleagues, never, audiences, limit
// returns: place, found
UNWIND range(0, size($targets) - 1) AS place
WITH place, $targets[place] AS ids
MATCH (target:Person {network: $network})<-[reached:KNOWS]-(one:Person)
WHERE target.id IN ids AND reached.audience IN $audiences AND NOT one.id IN ids AND NOT one.id IN $never
WITH place, one, target, max(reached.mutual_strength) AS mutual_strength, min(coalesce(reached.asleep, false)) AS is_reached_asleep
OPTIONAL MATCH (one)-[asked:KNOWS]->(:Person {network: $network, id: $viewer_id})
WHERE asked.audience IN $audiences
WITH place, one, target, mutual_strength, is_reached_asleep, max(asked.strength) AS strength,
     min(coalesce(asked.asleep, false)) AS is_asked_asleep
WITH place, one, target, mutual_strength, is_reached_asleep,
     CASE WHEN one.id IN $colleagues THEN 1.0 ELSE strength END AS strength,
     NOT one.id IN $colleagues AND is_asked_asleep AS is_asked_asleep
WHERE strength IS NOT NULL AND (is_reached_asleep OR is_asked_asleep)
WITH place, one, min([-strength * mutual_strength, target.id, is_asked_asleep]) AS best
ORDER BY place, best[0], one.name, one.id
RETURN place, collect([one.id, best[1], best[2]])[..$limit] AS found
