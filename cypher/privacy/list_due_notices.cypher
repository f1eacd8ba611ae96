// The people whom these sources name and who were not notified yet, longest-known first, after $after: a day and an id
// separated by a space.
//
// Members and shared mailboxes are left out. A notification counts if this member recorded it, or if all members may see
// the identity for which it was recorded: otherwise it would reveal a contact that a colleague does not share.
// A person whom only $strength_only_sources name is known since the first load of one of these.
//
// mode:    read
// params:  network, member, sources, strength_only_sources, shared, after, limit
// returns: id, since
MATCH (n:Network {id: $network})
MATCH (s:Source {network: $network})
WHERE s.id IN $sources
WITH n, s, CASE WHEN s.id IN $strength_only_sources THEN
  COLLECT { MATCH (s)-[row:NAMES]->() RETURN min(coalesce(row.obtained, n.obtained, n.as_of)) }[0] END AS first_load
MATCH (s)-[named:NAMES]->(:Identity)-[:OF]->(p:Person)
WITH p, min(coalesce(first_load, named.obtained, n.obtained, n.as_of)) AS since
WHERE toString(since) + ' ' + p.id > $after AND p.is_shared_mailbox IS NULL
  AND NOT EXISTS { MATCH (p)<-[:IS]-(m:Member) WHERE m.role IS NOT NULL }
  AND NOT EXISTS {
    MATCH (p)<-[:OF]-(i:Identity)
    WHERE $member IN i.notified_by
      OR size(i.notified_by) > 0 AND EXISTS { MATCH (i)<-[:NAMES]-(x:Source) WHERE x.id IN $shared }
  }
RETURN p.id AS id, since
ORDER BY toString(since) + ' ' + id
LIMIT $limit
