// Move one batch of facts between the shared and the private part of a source. Private are those of hidden people and of
// addresses at public mail domains. Parameters as in derivation/move_evidence_between_parts.
//
// mode:    write
// params:  network, source, target, only_private, member_keys, hidden_keys, limit
// returns: moved, keys
MATCH (s:Source {network: $network, id: $source})-[old:NAMES]->(i:Identity)
WHERE $only_private IS NULL OR (NOT i.key IN $member_keys
  AND (i.key IN $hidden_keys OR i.domain IS NULL AND i.key STARTS WITH 'email:')) = $only_private
WITH i, old LIMIT $limit
MATCH (t:Source {network: $network, id: $target})
WITH t, i, old, properties(old) AS row
DELETE old
CREATE (t)-[n:NAMES]->(i)
SET n = row, n.source = t.id
RETURN count(n) AS moved, collect(i.key) AS keys
