// Find, for each of many targets, the best route over one of the given paths to people who know the target.
//
// $paths holds, by the id of the person at their end, paths as [score, targets on the path before its end, steps from
// the end back to the viewer], best first. A target is several ids where these are probably one person. `bound` is the
// score that a route must exceed. A route has the form of find_routes_one_introducer, with the number of introducers
// after its score, so the smallest list is the best route whatever its length. Scores are multiplied from the target,
// as there.
//
// mode:    read
// params:  network, targets, paths, audiences, hair
// returns: routes
UNWIND $targets AS one
MATCH (target:Person {network: $network}) WHERE target.id IN one.ids
WITH one, collect(target) AS same
UNWIND same AS target
WITH one, same, target, [target.name, target.id] AS target_steps
MATCH (target)<-[reached:KNOWS]-(last)
WHERE reached.audience IN $audiences AND reached.asleep IS NULL AND reached.mutual_strength > one.bound AND NOT last IN same
WITH one, target_steps, reached.mutual_strength AS mutual_strength, $paths[last.id] AS paths
WHERE paths[0][0] * mutual_strength > one.bound * $hair
WITH one, [-mutual_strength] + target_steps AS onward, paths
UNWIND paths AS path
WITH one, path[1] AS round, path[2] AS steps, onward
WHERE round IS NULL OR none(id IN round WHERE id IN one.ids)
WITH one.place AS place, one.bound AS bound, size(steps) AS introducers,
     reduce(route = onward, step IN steps | [step[0] * route[0]] + step[1..] + route) AS route
WHERE route[0] < -bound
WITH place, min([route[0], introducers] + route[1..]) AS route
RETURN collect([place, route]) AS routes
