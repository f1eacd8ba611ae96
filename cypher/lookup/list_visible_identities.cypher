// List the identities under which the viewer's sources name people, each with the reason why it belongs to the person.
//
// mode:    read
// params:  network, ids, sources
// returns: id, key, reason, own
UNWIND $ids AS id
MATCH (p:Person {network: $network, id: id})<-[of:OF]-(i:Identity)<-[n:NAMES]-(s:Source)
WHERE s.id IN $sources
RETURN p.id AS id, i.key AS key, min(of.reason) AS reason, count(n.is_owner) > 0 AS own
ORDER BY id, key
