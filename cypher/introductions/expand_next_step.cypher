// From people at the end of ways that begin at the viewer, one step on: who knows them, and by which of the ways best.
//
// A way is [who stands at its end, its odds, whether a target stands on it, its place]. Of those to one person only the
// best are kept, by a $hair more than rounding can change, and what is no worse than all that is $known to lead there.
// Ways over targets are kept beside them, since they lead to others. What does not exceed $floor changes nothing. All is
// told in one row: by the ten thousand, rows cost whoever asks more than what is in them.
//
// mode:    read
// params:  network, ways, never, audiences, known, floor, hair
// returns: ends
UNWIND $ways AS way
MATCH (last:Person {network: $network, id: way[0]})<-[passed:KNOWS]-(next)
WHERE passed.audience IN $audiences AND way[1] * passed.strength > $floor
WITH next, way, passed.strength AS strength, way[1] * passed.strength AS score
WHERE score >= coalesce($known[next.id], 0.0) * $hair AND NOT next.id IN $never
WITH next, collect([way[3], strength, score]) AS ways, max(CASE WHEN NOT way[2] THEN score END) AS best
RETURN collect([next.id, next.name, [way IN ways WHERE way[2] >= coalesce(best, 0.0) * $hair]]) AS ends
