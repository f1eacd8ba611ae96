// List the people with whom the viewer had contact on one of these channels, in either direction.
//
// mode:    read
// params:  network, viewer_id, sources, channels
// returns: id
MATCH (me:Person {network: $network, id: $viewer_id})<-[:OF]-(i:Identity)
MATCH (i)-[e:INTERACTED]-(j:Identity)
WHERE coalesce(e.source, '') IN $sources AND e.channel IN $channels
MATCH (j)-[:OF]->(p:Person)
WHERE p <> me
RETURN DISTINCT p.id AS id
