// Write list entries, each with all its properties.
//
// mode:    write
// params:  network, source, rows
// returns: written
MATCH (s:Source {network: $network, id: $source})
UNWIND $rows AS row
MATCH (i:Identity {network: $network, key: row.identity})
CREATE (s)-[l:LISTS]->(i)
SET l = row.properties
RETURN count(l) AS written
