// The evidence of a source, as stored, to be compared with what it holds now. In one row of columns, not of maps: the
// driver is five times slower at 60,000 rows.
//
// mode:    read
// params:  network, halves
// returns: pairs
MATCH (s:Source {network: $network}) WHERE s.id IN $halves
MATCH (i:Identity)-[e:INTERACTED {source: s.id}]->(j:Identity)
RETURN collect([i.key, j.key, e.channel, e.days, e.weights, e.asked, e.until, e.asks, e.answered, e.ends]) AS pairs
