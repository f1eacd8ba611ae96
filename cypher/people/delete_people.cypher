// People of whom nothing is left, or whose identities now belong to others.
//
// mode:    write
// params:  network, ids
// returns: removed
UNWIND $ids AS id
MATCH (p:Person {network: $network, id: id})
DETACH DELETE p
RETURN count(*) AS removed
