// Whom these sources name and nobody has told yet that they are known here, those first who have been for longest: from
// behind $after on, a day and an id with a space between.
//
// Nobody who is a member, and no mailbox of several. That they were told counts where the member said so themself, or where
// all may see of whom it was said: else it would tell whom a colleague keeps to themself.
//
// mode:    read
// params:  network, member, sources, shared, after, limit
// returns: id, since
MATCH (n:Network {id: $network})
MATCH (s:Source {network: $network})-[named:NAMES]->(:Identity)-[:OF]->(p:Person)
WHERE s.id IN $sources
WITH p, min(coalesce(named.obtained, n.obtained, n.as_of)) AS since
WHERE toString(since) + ' ' + p.id > $after AND p.shared IS NULL
  AND NOT EXISTS { MATCH (p)<-[:IS]-(m:Member) WHERE m.role IS NOT NULL }
  AND NOT EXISTS {
    MATCH (p)<-[:OF]-(i:Identity)
    WHERE $member IN i.told_by
      OR size(i.told_by) > 0 AND EXISTS { MATCH (i)<-[:NAMES]-(x:Source) WHERE x.id IN $shared }
  }
RETURN p.id AS id, since
ORDER BY toString(since) + ' ' + id
LIMIT $limit
