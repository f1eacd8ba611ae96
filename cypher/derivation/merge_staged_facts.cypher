// Move one batch of staged facts to their source, in place of the row with the same key. Can be repeated.
//
// mode:    write
// params:  network, source, stage, limit
// returns: moved
MATCH (t:Source {network: $network, id: $stage})-[staged:NAMES]->(i:Identity)
WITH staged, i LIMIT $limit
MATCH (s:Source {network: $network, id: $source})
OPTIONAL MATCH (:Source)-[old:NAMES {key: staged.merge_key}]->(i)
WITH s, i, staged, old, staged {.*, key: staged.merge_key, merge_key: null, source: s.id} AS row
DELETE staged, old
CREATE (s)-[n:NAMES]->(i)
SET n = row
RETURN count(n) AS moved
