// Private rows join no people any more (docs/decisions/0032-private-rows.md). Every network with several members is
// derived anew at the next start.
MATCH (n:Network)
WHERE COUNT { (n)-[:HAS]->(:Member) } > 1
SET n.stale = true, n.version = coalesce(n.version, 0) + 1;
