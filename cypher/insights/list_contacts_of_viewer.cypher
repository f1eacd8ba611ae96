// List the evidence between the viewer and others, as sources in view store it. A row of `people`
// is [id, edges, duplicates], all in one row for speed (lookup/read_profiles).
//
// An entry of `edges` is [identity of the viewer, identity of the other, whether the viewer acted, source, channel,
// days, weights, last valid days, days of asks]. `duplicates` are people who, as the audiences $circle may see, probably are
// the same person. The search starts at the viewer, so that its
// work depends on the viewer's own evidence only.
//
// mode:    read
// params:  network, viewer_id, sources, circle
// returns: people
MATCH (me:Person {network: $network, id: $viewer_id})<-[:OF]-(i:Identity)
MATCH (i)-[e:INTERACTED]-(j:Identity)
WHERE coalesce(e.source, '') IN $sources
MATCH (j)-[:OF]->(p:Person)
WHERE p <> me
WITH p, collect([i.key, j.key, startNode(e) = i, e.source, e.channel, e.days, e.weights, e.ends, e.asks]) AS edges
RETURN collect([p.id, edges, [(p)-[pair:PROBABLE_DUPLICATE WHERE pair.audience IN $circle]-(q:Person) | q.id]]) AS people
