// The evidence that sources store, to be compared with a load. In one row of columns: the driver is five times slower with
// 60,000 rows of maps.
//
// mode:    read
// params:  network, sources
// returns: pairs
MATCH (s:Source {network: $network}) WHERE s.id IN $sources
MATCH (i:Identity)-[e:INTERACTED {source: s.id}]->(j:Identity)
RETURN collect([i.key, j.key, e.channel, e.days, e.weights, e.ask_seconds, e.last_seconds, e.asks, e.answered, e.ends,
  e.events])
  AS pairs
