// Move one batch of staged evidence onto its source, over what stood there under the same key. Can be repeated.
//
// mode:    write
// params:  network, source, stage, limit
// returns: moved
MATCH (t:Source {network: $network, id: $stage})
MATCH (i:Identity)-[staged:INTERACTED {source: t.id}]->(j:Identity)
WITH i, j, staged LIMIT $limit
OPTIONAL MATCH ()-[old:INTERACTED {key: staged.base}]->()
WITH i, j, staged, old, staged {.*, key: staged.base, source: $source, base: null} AS row
DELETE staged, old
CREATE (i)-[e:INTERACTED]->(j)
SET e = row
RETURN count(e) AS moved
