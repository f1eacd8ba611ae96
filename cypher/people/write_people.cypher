// Write people with their names, and move their identities to them from the people who had them.
//
// mode:    write
// params:  network, rows
// returns: written
UNWIND $rows AS row
MERGE (p:Person {network: $network, id: row.id})
SET p.name = row.name, p.names = row.names, p.latin = row.latin, p.is_shared_mailbox = row.is_shared_mailbox, p.digest = null
WITH p, row
UNWIND row.identities AS identity
MATCH (i:Identity {network: $network, key: identity.key})
OPTIONAL MATCH (i)-[old:OF]->(:Person)
DELETE old
WITH DISTINCT p, i, identity
CREATE (i)-[:OF {reason: identity.reason}]->(p)
WITH count(DISTINCT p) AS written
OPTIONAL MATCH (n:Network {id: $network})
SET n.ties_id = randomUUID()
RETURN written
