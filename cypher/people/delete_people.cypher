// Delete people who have no identities any more, or whose identities belong to other people now.
//
// Person.ties_id marks everybody whom they knew for route indexes, as in ties/write_ties, and
// Network.people_deleted_with that people were deleted.
//
// mode:    write
// params:  network, ids
// returns: removed
UNWIND $ids AS id
MATCH (p:Person {network: $network, id: id})
WITH collect(p) AS deleted
WITH deleted, COLLECT { UNWIND deleted AS p MATCH (p)-[:KNOWS]->(q:Person) WHERE NOT q IN deleted RETURN DISTINCT q } AS changed
FOREACH (p IN deleted | DETACH DELETE p)
WITH size(deleted) AS removed, changed
OPTIONAL MATCH (n:Network {id: $network})
SET n.ties_id = randomUUID()
SET n.recent_ties_ids = ([n.ties_id] + coalesce(n.recent_ties_ids, []))[..100]
SET n.people_deleted_with = n.ties_id
FOREACH (q IN changed | SET q.ties_id = n.ties_id)
RETURN removed
