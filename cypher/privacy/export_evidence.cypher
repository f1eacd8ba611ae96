// The evidence of these sources between these identities and others, by day, as stored. Evidence of or about the people
// $unnamed is returned only from $own_sources, and evidence with an identity that a request for erasure hides not at all.
//
// mode:    read
// params:  network, keys, sources, own_sources, unnamed
// returns: by, towards, source, channel, days, weights, ends
UNWIND $keys AS key
MATCH (i:Identity {network: $network, key: key})-[e:INTERACTED]-(:Identity)
WHERE coalesce(e.source, '') IN $sources
WITH DISTINCT e, startNode(e) AS by, endNode(e) AS towards
WHERE all(end IN [by, towards] WHERE end.key IN $keys OR EXISTS { (end)-[:OF]->(:Person) })
WITH e, by, towards
WHERE e.source IN $own_sources OR NOT any(
  person IN [(by)-[:OF]->(p:Person) | p.id] + [(towards)-[:OF]->(q:Person) | q.id] WHERE person IN $unnamed)
RETURN by.key AS by, towards.key AS towards, e.source AS source, e.channel AS channel, e.days AS days,
  e.weights AS weights, e.ends AS ends
ORDER BY source, channel, by, towards
