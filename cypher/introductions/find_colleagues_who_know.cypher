// List the colleagues who know a target or a probable duplicate, best introducer first, each once by the best tie in
// view.
//
// mode:    read
// params:  network, targets, colleagues, audiences
// returns: by, towards
MATCH (target:Person {network: $network})<-[reached:KNOWS]-(one:Person)
WHERE target.id IN $targets AND one.id IN $colleagues AND reached.audience IN $audiences
WITH one, min([-reached.mutual_strength, target.id]) AS best
RETURN one.id AS by, best[1] AS towards
ORDER BY best[0], one.name, by
