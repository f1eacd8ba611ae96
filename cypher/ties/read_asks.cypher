// Read the requests to each of these people and their answers in these sources, as stored. graph.ties.past sums them
// as of any day, and graph.ties.derive as of the network's. `asks` are [identity that asked, identity asked, source,
// channel, days of requests, days of answers]. Which person asked is looked up only where a source shows the side of one
// person ($owners). A request by an identity that belongs to no person does not count.
// All people are in one row for speed (lookup/read_profiles).
//
// mode:    read
// params:  network, people, sources, owners
// returns: people
UNWIND $people AS id
MATCH (v:Person {network: $network, id: id})
CALL (v) {
  MATCH (v)<-[:OF]-(j:Identity)
  WITH v, collect(j) AS own
  UNWIND own AS j
  MATCH (j)<-[e:INTERACTED]-(i:Identity)
  WHERE coalesce(e.source, '') IN $sources AND size(e.asks) > 0 AND NOT i IN own AND EXISTS { (i)-[:OF]->(:Person) }
    AND (coalesce($owners[e.source], v.id) = v.id
      OR EXISTS { (i)-[:OF]->(:Person {network: $network, id: $owners[e.source]}) })
  RETURN collect([i.key, j.key, e.source, e.channel, e.asks, e.answered]) AS asks
}
RETURN collect({id: id, asks: asks}) AS people
