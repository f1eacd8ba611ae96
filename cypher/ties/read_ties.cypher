// Read the ties of these pairs over the audiences of the viewer: the first person knows the second.
//
// mode:    read
// params:  network, pairs, audiences
// returns: by, towards, strength, mutual_strength, asleep, unreachable
// union:   pairs
UNWIND $pairs AS pair
MATCH (by:Person {network: $network, id: pair[0]})
MATCH (towards:Person {network: $network, id: pair[1]})
MATCH (by)-[k:KNOWS]->(towards)
WHERE k.audience IN $audiences
RETURN by.id AS by, towards.id AS towards, max(k.strength) AS strength, max(k.mutual_strength) AS mutual_strength,
       min(coalesce(k.asleep, false)) AS asleep, max(coalesce(k.unreachable, false)) AS unreachable
