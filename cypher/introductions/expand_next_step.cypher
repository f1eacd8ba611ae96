// Extend paths that start at the viewer by one step: who knows the person at the end, and over which path best.
//
// A path is [id of the person at its end, score, whether a target is on it, place]. Of the paths to one person the
// query keeps those within $hair of the best, and those no worse than what is $known. Paths over targets are kept as
// well, because they lead to other targets. A path that does not exceed $floor cannot change the result. The result is
// one row: ten thousand rows would cost the client more than their content.
//
// mode:    read
// params:  network, paths, never, audiences, known, floor, hair
// returns: ends
UNWIND $paths AS path
MATCH (last:Person {network: $network, id: path[0]})<-[passed:KNOWS]-(next)
WHERE passed.audience IN $audiences AND passed.asleep IS NULL AND path[1] * passed.strength > $floor
WITH next, path, passed.strength AS strength, path[1] * passed.strength AS score
WHERE score >= coalesce($known[next.id], 0.0) * $hair AND NOT next.id IN $never
WITH next, collect([path[3], strength, score]) AS kept, max(CASE WHEN NOT path[2] THEN score END) AS best
RETURN collect([next.id, next.name, [path IN kept WHERE path[2] >= coalesce(best, 0.0) * $hair]]) AS ends
