// List the evidence between the viewer and others, as sources in view store it. A row of `people`
// is [id, edges], all in one row for speed (lookup/read_profiles).
//
// An entry of `edges` is [identity of the viewer, identity of the other, whether the viewer acted, source, channel,
// days, weights, last valid days, days of asks, days of their answers]. The search starts at the viewer, so that its
// work depends on the viewer's own evidence only.
//
// mode:    read
// params:  network, viewer_id, sources
// returns: people
MATCH (me:Person {network: $network, id: $viewer_id})<-[:OF]-(i:Identity)
MATCH (i)-[e:INTERACTED]-(j:Identity)
WHERE coalesce(e.source, '') IN $sources
MATCH (j)-[:OF]->(p:Person)
WHERE p <> me
WITH p, collect([i.key, j.key, startNode(e) = i, e.source, e.channel, e.days, e.weights, e.ends, e.asks, e.answered]) AS edges
RETURN collect([p.id, edges]) AS people
