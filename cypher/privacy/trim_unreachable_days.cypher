// Delete the days before $first_day on which identities were not reached, which are evidence too. Ties are stale after it.
//
// mode:    write
// params:  network, first_day
// returns: key
MATCH (n:Network {id: $network})
MATCH (:Source)-[stated:NAMES {network: $network}]->(i:Identity)
WHERE stated.unreachable_on IS NOT NULL
WITH n, stated, i, coalesce(stated.unreachable_days, [stated.unreachable_on]) AS days
WITH n, stated, i, days, [day IN days WHERE day >= $first_day] AS kept
WHERE size(kept) < size(days)
SET n.stale = true
SET n.version = coalesce(n.version, 0) + 1
SET stated.unreachable_days = CASE WHEN size(kept) > 1 THEN kept END,
  stated.unreachable_on = kept[-1],
  stated.unreachable_reason = CASE WHEN size(kept) > 0 THEN stated.unreachable_reason END
RETURN DISTINCT i.key AS key
