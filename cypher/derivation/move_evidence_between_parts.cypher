// Move one batch of evidence between the shared and the private part of a source.
//
// Private is a row one end of which is hidden, or an address at a public mail domain, and is no member's identity
// ($member_keys). Without $third_party_ties, so is a row neither end of which is a member. $only_private selects private
// rows (true), other rows (false) or all rows (null).
//
// mode:    write
// params:  network, source, target, only_private, member_keys, hidden_keys, third_party_ties, limit
// returns: moved, keys
MATCH (s:Source {network: $network, id: $source})
MATCH (i:Identity)-[e:INTERACTED {source: s.id}]->(j:Identity)
WHERE $only_private IS NULL OR (NOT $third_party_ties AND NOT i.key IN $member_keys AND NOT j.key IN $member_keys
  OR any(end IN [i, j] WHERE NOT end.key IN $member_keys
    AND (end.key IN $hidden_keys OR end.domain IS NULL AND end.key STARTS WITH 'email:'))) = $only_private
WITH i, j, e LIMIT $limit
SET e.source = $target
RETURN count(e) AS moved, collect(i.key) + collect(j.key) AS keys
