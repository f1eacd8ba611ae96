// The evidence of a source, as stored, to be compared with what it holds now.
//
// mode:    read
// params:  network, source
// returns: by, pairs
MATCH (s:Source {network: $network, id: $source})
MATCH (i:Identity)-[e:INTERACTED {source: s.id}]->(j:Identity)
RETURN i.key AS by, collect([j.key, properties(e)]) AS pairs
