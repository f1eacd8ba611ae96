// Move one batch of staged list entries to their source, in place of the row with the same key. Can be repeated.
//
// mode:    write
// params:  network, source, stage, limit
// returns: moved
MATCH (t:Source {network: $network, id: $stage})-[staged:LISTS]->(i:Identity)
WITH staged, i LIMIT $limit
MATCH (s:Source {network: $network, id: $source})
OPTIONAL MATCH (:Source)-[old:LISTS {key: staged.merge_key}]->(i)
WITH s, i, staged, old, staged {.*, key: staged.merge_key, merge_key: null} AS row
DELETE staged, old
CREATE (s)-[l:LISTS]->(i)
SET l = row
RETURN count(l) AS moved
