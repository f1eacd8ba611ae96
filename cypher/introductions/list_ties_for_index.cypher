// The ties to these people, one row for each person and audience. A tie that is asleep is on no route.
//
// mode:    read
// params:  network, ids
// returns: towards, audience, by, strengths, mutual_strengths
UNWIND $ids AS id
MATCH (p:Person {network: $network, id: id})<-[k:KNOWS]-()
WHERE k.asleep IS NULL
RETURN id AS towards, k.audience AS audience, collect(k.by) AS by, collect(k.strength) AS strengths,
       collect(k.mutual_strength) AS mutual_strengths
