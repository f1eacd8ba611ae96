// People, made anew: their names and their identities, taken from whoever had them.
//
// mode:    write
// params:  network, rows
// returns: written
UNWIND $rows AS row
MERGE (p:Person {network: $network, id: row.id})
SET p.name = row.name, p.names = row.names, p.latin = row.latin, p.shared = row.shared, p.digest = null
WITH p, row
UNWIND row.identities AS found
MATCH (i:Identity {network: $network, key: found.key})
OPTIONAL MATCH (i)-[old:OF]->(:Person)
DELETE old
WITH DISTINCT p, i, found
CREATE (i)-[:OF {because: found.because}]->(p)
RETURN count(DISTINCT p) AS written
