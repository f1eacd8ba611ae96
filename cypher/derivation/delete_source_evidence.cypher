// Delete one batch of a source's evidence.
//
// mode:    write
// params:  network, source, limit
// returns: removed
MATCH (s:Source {network: $network, id: $source})
MATCH ()-[e:INTERACTED {source: s.id}]->()
WITH e LIMIT $limit
DELETE e
RETURN count(*) AS removed
