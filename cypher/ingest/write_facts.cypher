// What a source calls people. Rows come whole, keyed, and are written once: a row there already is overwritten.
//
// mode:    write
// params:  network, source, rows
// returns: written
MATCH (s:Source {network: $network, id: $source})
UNWIND $rows AS row
MATCH (i:Identity {network: $network, key: row.identity})
CREATE (s)-[n:NAMES]->(i)
SET n = row.properties
RETURN count(n) AS written
