// Delete people who have no identities any more, or whose identities belong to other people now.
//
// mode:    write
// params:  network, ids
// returns: removed
UNWIND $ids AS id
MATCH (p:Person {network: $network, id: id})
DETACH DELETE p
RETURN count(*) AS removed
