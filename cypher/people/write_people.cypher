// Write people with their names, and move their identities to them from the people who had them.
//
// A digest is null for a person whose jobs people/write_jobs writes afterwards: the person is complete only then.
//
// Person.ties_id marks the people for route indexes, as in ties/write_ties.
//
// mode:    write
// params:  network, rows
// returns: written
UNWIND $rows AS row
MERGE (p:Person {network: $network, id: row.id})
SET p.name = row.name, p.names = row.names, p.latin = row.latin, p.is_shared_mailbox = row.is_shared_mailbox, p.digest = row.digest
WITH p, row
UNWIND row.identities AS identity
MATCH (i:Identity {network: $network, key: identity.key})
OPTIONAL MATCH (i)-[old:OF]->(:Person)
DELETE old
WITH DISTINCT p, i, identity
CREATE (i)-[:OF {reason: identity.reason}]->(p)
WITH collect(DISTINCT p) AS written
OPTIONAL MATCH (n:Network {id: $network})
SET n.ties_id = randomUUID()
SET n.recent_ties_ids = ([n.ties_id] + coalesce(n.recent_ties_ids, []))[..100]
FOREACH (p IN written | SET p.ties_id = n.ties_id)
RETURN size(written) AS written
