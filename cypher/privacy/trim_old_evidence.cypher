// Replace evidence rows of a source by rows with fewer days. Ties are stale after it.
//
// mode:    write
// params:  network, parts, rows
// returns: written
MATCH (n:Network {id: $network})
SET n.stale = true
SET n.version = coalesce(n.version, 0) + 1
WITH n
UNWIND $rows AS row
MATCH ()-[e:INTERACTED {key: row.key}]->()
WHERE e.source IN $parts
SET e += row
RETURN count(e) AS written
