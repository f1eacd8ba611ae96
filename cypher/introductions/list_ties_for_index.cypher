// The ties to the people whose ids are in a range, one row for each person and audience. A tie that is asleep is on no
// route.
//
// mode:    read
// params:  network, first, last
// returns: towards, audience, by, strengths, mutual_strengths
MATCH (p:Person {network: $network})
WHERE $first <= p.id <= $last
MATCH (p)<-[k:KNOWS]-()
WHERE k.asleep IS NULL
RETURN p.id AS towards, k.audience AS audience, collect(k.by) AS by, collect(k.strength) AS strengths,
       collect(k.mutual_strength) AS mutual_strengths
