// Delete people who have no identities any more, or whose identities belong to other people now.
//
// mode:    write
// params:  network, ids
// returns: removed
UNWIND $ids AS id
MATCH (p:Person {network: $network, id: id})
DETACH DELETE p
WITH count(*) AS removed
OPTIONAL MATCH (n:Network {id: $network})
SET n.ties_id = randomUUID()
RETURN removed
