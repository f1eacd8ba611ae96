// Evidence of a load, grouped by who did it: one look-up for them, then the others. CREATE, not MERGE, which is four
// times slower (docs/decisions/0002-evidence.md): the caller has compared, and the key's constraint stands guard.
//
// mode:    write
// params:  network, rows
// returns: written
UNWIND $rows AS row
MATCH (i:Identity {network: $network, key: row.by})
UNWIND row.pairs AS pair
MATCH (j:Identity {network: $network, key: pair.towards})
CREATE (i)-[e:INTERACTED]->(j)
SET e = pair.properties
RETURN count(e) AS written
