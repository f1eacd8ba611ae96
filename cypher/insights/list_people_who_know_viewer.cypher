// List the people who know the viewer.
//
// mode:    read
// params:  network, viewer_id, audiences
// returns: id
MATCH (me:Person {network: $network, id: $viewer_id})<-[k:KNOWS]-(p:Person)
WHERE k.audience IN $audiences
RETURN DISTINCT p.id AS id
