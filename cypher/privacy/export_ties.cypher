// The ties of a person in both directions, with one of these audiences.
//
// mode:    read
// params:  network, id, audiences
// returns: by, towards
MATCH (p:Person {network: $network, id: $id})-[k:KNOWS]-(:Person)
WHERE k.audience IN $audiences
WITH DISTINCT startNode(k) AS one, endNode(k) AS other
RETURN one.id AS by, other.id AS towards
ORDER BY by, towards
