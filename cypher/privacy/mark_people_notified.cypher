// Record the day on which this member notified people, or delete the record if the day is null. The record is stored on
// the identities that these sources name, so that it holds when people are merged or split.
//
// mode:    write
// params:  network, member, sources, ids, day
// returns: id
UNWIND $ids AS id
MATCH (p:Person {network: $network, id: id})<-[:OF]-(i:Identity)
WHERE EXISTS { MATCH (i)<-[:NAMES]-(s:Source) WHERE s.id IN $sources }
WITH p, i,
  [place IN range(0, size(coalesce(i.notified_by, [])) - 1) WHERE i.notified_by[place] <> $member] AS others,
  CASE WHEN $day IS NULL THEN 0 ELSE 1 END AS added
SET i.notified_on = [place IN others | i.notified_on[place]] + [$day][..added],
  i.notified_by = [place IN others | i.notified_by[place]] + [$member][..added]
RETURN DISTINCT p.id AS id
