// Which colleagues know a target, or a probable twin of theirs, the surest way to an answer first: each once, by the best
// tie that the viewer may walk.
//
// mode:    read
// params:  network, targets, colleagues, audiences
// returns: by, towards
MATCH (target:Person {network: $network})<-[reached:KNOWS]-(one:Person)
WHERE target.id IN $targets AND one.id IN $colleagues AND reached.audience IN $audiences
WITH one, min([-reached.mutual_strength, target.id]) AS best
RETURN one.id AS by, best[1] AS towards
ORDER BY best[0], one.name, by
