// A member says on which day people were told that they are known here, or, with no day, takes that back. It is kept by the
// identities that these sources name, so that it holds when people are merged or parted.
//
// mode:    write
// params:  network, member, sources, ids, on
// returns: id
UNWIND $ids AS id
MATCH (p:Person {network: $network, id: id})<-[:OF]-(i:Identity)
WHERE EXISTS { MATCH (i)<-[:NAMES]-(s:Source) WHERE s.id IN $sources }
WITH p, i, [place IN range(0, size(coalesce(i.told_by, [])) - 1) WHERE i.told_by[place] <> $member] AS others,
  CASE WHEN $on IS NULL THEN 0 ELSE 1 END AS said
SET i.told_on = [place IN others | i.told_on[place]] + [$on][..said],
  i.told_by = [place IN others | i.told_by[place]] + [$member][..said]
RETURN DISTINCT p.id AS id
