// Which of these pairs of people have no tie and no contact with each other, as far as the viewer can see.
//
// mode:    read
// params:  network, pairs, audiences, sources
// returns: first, second
UNWIND $pairs AS pair
MATCH (a:Person {network: $network, id: pair[0]})
MATCH (b:Person {network: $network, id: pair[1]})
WHERE NOT EXISTS { (a)-[k:KNOWS]-(b) WHERE k.audience IN $audiences } AND NOT EXISTS {
  MATCH (a)<-[:OF]-(i:Identity)
  MATCH (b)<-[:OF]-(j:Identity)
  MATCH (i)-[e:INTERACTED]-(j)
  WHERE coalesce(e.source, '') IN $sources
}
RETURN a.id AS first, b.id AS second
