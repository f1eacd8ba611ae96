// Write facts about identities, each with all its properties. The caller has compared the rows, so each is new to $source.
//
// mode:    write
// params:  network, source, rows
// returns: written
MATCH (s:Source {network: $network, id: $source})
UNWIND $rows AS row
MATCH (i:Identity {network: $network, key: row.identity})
CREATE (s)-[n:NAMES]->(i)
SET n = row.properties, n.source = s.id, n.domain = i.domain
RETURN count(n) AS written
