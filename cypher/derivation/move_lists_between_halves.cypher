// Move one batch of what a shared source lists between its halves, as keep_evidence does: whoever is left out is kept.
//
// mode:    write
// params:  network, from, into, keeping, own, out, limit
// returns: moved, keys
MATCH (s:Source {network: $network, id: $from})-[old:LISTS]->(i:Identity)
WHERE $keeping IS NULL OR (NOT i.key IN $own
  AND (i.key IN $out OR i.domain IS NULL AND i.key STARTS WITH 'email:')) = $keeping
WITH i, old LIMIT $limit
MATCH (t:Source {network: $network, id: $into})
WITH t, i, old, properties(old) AS row
DELETE old
CREATE (t)-[l:LISTS]->(i)
SET l = row
RETURN count(l) AS moved, collect(i.key) AS keys
