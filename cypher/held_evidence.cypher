// All that these sources saw between somebody and others, by day as it is stored.
//
// mode:    read
// params:  network, id, sources
// returns: by, towards, source, channel, days, weights, ends
MATCH (p:Person {network: $network, id: $id})<-[:OF]-(i:Identity)-[e:INTERACTED]-(j:Identity)
WHERE coalesce(e.source, '') IN $sources
WITH DISTINCT e, startNode(e) AS one, endNode(e) AS other
RETURN one.key AS by, other.key AS towards, e.source AS source, e.channel AS channel, e.days AS days,
  e.weights AS weights, e.ends AS ends
ORDER BY source, channel, by, towards
