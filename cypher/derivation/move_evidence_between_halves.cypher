// Move one batch of evidence between the halves of a shared source: what its owner keeps, or what they do not.
//
// Kept is whatever has an end that is left out, of a personal mail domain and nobody's who is a member, or, unless
// $others, no end that is a member ($own are the members' own identities). Without a word of $keeping, everything.
//
// mode:    write
// params:  network, from, into, keeping, own, out, others, limit
// returns: moved, keys
MATCH (s:Source {network: $network, id: $from})
MATCH (i:Identity)-[e:INTERACTED {source: s.id}]->(j:Identity)
WHERE $keeping IS NULL OR (NOT $others AND NOT i.key IN $own AND NOT j.key IN $own
  OR any(end IN [i, j] WHERE NOT end.key IN $own
    AND (end.key IN $out OR end.domain IS NULL AND end.key STARTS WITH 'email:'))) = $keeping
WITH i, j, e LIMIT $limit
SET e.source = $into
RETURN count(e) AS moved, collect(i.key) + collect(j.key) AS keys
