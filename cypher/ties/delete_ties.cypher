// Delete ties, each given as [id of the person who knows, id of the person known, audience].
//
// Person.ties_id marks everybody whom a deleted tie led to for route indexes, as in ties/write_ties.
//
// mode:    write
// params:  network, ties
// returns: deleted
UNWIND $ties AS tie
MATCH (b:Person {network: $network, id: tie[0]})
MATCH (a:Person {network: $network, id: tie[1]})
MATCH (b)-[k:KNOWS {audience: tie[2]}]->(a)
DELETE k
WITH count(k) AS deleted, collect(DISTINCT a) AS changed
OPTIONAL MATCH (n:Network {id: $network})
SET n.ties_id = randomUUID()
SET n.recent_ties_ids = ([n.ties_id] + coalesce(n.recent_ties_ids, []))[..100]
FOREACH (p IN changed | SET p.ties_id = n.ties_id)
RETURN deleted
