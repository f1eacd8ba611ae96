// The ties of these people in both directions, with one of these audiences.
//
// mode:    read
// params:  network, ids, audiences
// returns: by, towards
UNWIND $ids AS id
MATCH (p:Person {network: $network, id: id})-[k:KNOWS]-(:Person)
WHERE k.audience IN $audiences
WITH DISTINCT startNode(k) AS one, endNode(k) AS other
RETURN one.id AS by, other.id AS towards
ORDER BY by, towards
