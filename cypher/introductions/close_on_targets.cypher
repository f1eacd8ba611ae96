// For each of many targets, the best route by one of the ways that lead to those who know it.
//
// $ways has, by the id of who stands at their end, ways as [odds, the targets on it before that end, its steps from
// there to the viewer]; the best comes first. A target is several people where these are probably one human being; `bound` is what a
// route to it must exceed. A route is told as in routes_one_introducer, with the number of introducers behind its odds:
// so the least list is the best route, whatever its length. Odds are multiplied from the target, as they are there.
//
// mode:    read
// params:  network, targets, ways, audiences, hair
// returns: routes
UNWIND $targets AS one
MATCH (target:Person {network: $network}) WHERE target.id IN one.ids
WITH one, collect(target) AS same
UNWIND same AS target
WITH one, same, target, [target.name, target.id] AS told
MATCH (target)<-[reached:KNOWS]-(last)
WHERE reached.audience IN $audiences AND reached.mutual_strength > one.bound AND NOT last IN same
WITH one, told, reached.mutual_strength AS mutual_strength, $ways[last.id] AS ways
WHERE ways[0][0] * mutual_strength > one.bound * $hair
WITH one, [-mutual_strength] + told AS onward, ways
UNWIND ways AS way
WITH one, way[1] AS round, way[2] AS steps, onward
WHERE round IS NULL OR none(id IN round WHERE id IN one.ids)
WITH one.place AS place, one.bound AS bound, size(steps) AS introducers,
     reduce(told = onward, step IN steps | [step[0] * told[0]] + step[1..] + told) AS told
WHERE told[0] < -bound
WITH place, min([told[0], introducers] + told[1..]) AS route
RETURN collect([place, route]) AS routes
