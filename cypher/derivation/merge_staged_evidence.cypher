// Move one batch of staged evidence to its source, in place of the row with the same key. A row without days deletes
// the stored one. Can be repeated.
//
// mode:    write
// params:  network, source, stage, limit
// returns: moved
MATCH (t:Source {network: $network, id: $stage})
MATCH (i:Identity)-[staged:INTERACTED {source: t.id}]->(j:Identity)
WITH i, j, staged LIMIT $limit
OPTIONAL MATCH ()-[old:INTERACTED {key: staged.merge_key}]->()
WITH i, j, staged, old, staged {.*, key: staged.merge_key, source: $source, merge_key: null} AS row
DELETE staged, old
FOREACH (_ IN CASE WHEN size(row.days) > 0 THEN [1] ELSE [] END |
  CREATE (i)-[e:INTERACTED]->(j)
  SET e = row)
RETURN count(*) AS moved
