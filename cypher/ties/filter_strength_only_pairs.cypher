// List the pairs whose strength rests on sources that share only strengths: on their evidence between the two, or on
// their evidence of how either responds.
//
// mode:    read
// params:  network, pairs, veiled
// returns: by, towards
UNWIND $pairs AS pair
MATCH (by:Person {network: $network, id: pair[0]})
MATCH (towards:Person {network: $network, id: pair[1]})
WHERE EXISTS {
  MATCH (by)<-[:OF]-(i:Identity)
  MATCH (towards)<-[:OF]-(j:Identity)
  WITH i, j
  MATCH (i)-[e:INTERACTED]-(j)
  WHERE coalesce(e.source, '') IN $veiled
  RETURN i
} OR EXISTS {
  (by)<-[:OF]-(:Identity)<-[e:INTERACTED]-() WHERE coalesce(e.source, '') IN $veiled AND size(e.asks) > 0
} OR EXISTS {
  (towards)<-[:OF]-(:Identity)<-[e:INTERACTED]-() WHERE coalesce(e.source, '') IN $veiled AND size(e.asks) > 0
}
RETURN by.id AS by, towards.id AS towards
