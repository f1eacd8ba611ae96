// The people who know the viewer, and who know or are known by each of these people ($ids), the strongest tie to the viewer
// first, $limit at most for each. $never are left out.
//
// mode:    read
// params:  network, viewer_id, ids, never, audiences, limit
// returns: id, contacts
MATCH (me:Person {network: $network, id: $viewer_id})
MATCH (me)<-[known:KNOWS]-(m:Person)
WHERE known.audience IN $audiences AND NOT m.id IN $never
WITH m, max(known.strength) AS strength
MATCH (m)-[k:KNOWS]-(p:Person)
WHERE p.id IN $ids AND k.audience IN $audiences
WITH DISTINCT p, m, strength
ORDER BY strength DESC, m.id
RETURN p.id AS id, collect([m.id, strength])[..$limit] AS contacts
