// Have evidence of a source hold fewer days. Ties are stale from here on.
//
// mode:    write
// params:  network, halves, rows
// returns: written
MATCH (n:Network {id: $network})
SET n.stale = true
WITH n
UNWIND $rows AS row
MATCH ()-[e:INTERACTED {key: row.key}]->()
WHERE e.source IN $halves
SET e += row
RETURN count(e) AS written
