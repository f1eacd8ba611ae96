// Write ties, grouped by the person who knows, so that each is looked up once. A tie is [id of the person known,
// audience, strength, mutual strength, last day, whether it is mutual, asleep, unreachable, whether a route search can
// differ]; graph.ties.pair_ties computes it. The query uses MERGE although it runs under the network's lease: the last
// query of a killed command may still run in the database.
//
// Person.ties_id marks everybody whom a tie leads to that appeared or changed for route searches, so that a route index
// reads these ties only (docs/decisions/0033-route-index.md). ties/delete_ties marks those of deleted ties.
//
// mode:    write
// params:  network, rows
// returns: ties
UNWIND $rows AS row
MATCH (b:Person {network: $network, id: row[0]})
UNWIND row[1] AS tie
MATCH (a:Person {network: $network, id: tie[0]})
MERGE (b)-[k:KNOWS {audience: tie[1]}]->(a)
ON CREATE SET k.by = b.id, k.towards = a.id
SET k.strength = tie[2], k.mutual_strength = tie[3], k.last_day = tie[4], k.is_mutual = tie[5], k.asleep = tie[6],
  k.unreachable = tie[7]
WITH count(k) AS ties, collect(DISTINCT CASE WHEN tie[8] THEN a END) AS changed
OPTIONAL MATCH (n:Network {id: $network})
SET n.ties_id = randomUUID()
SET n.recent_ties_ids = ([n.ties_id] + coalesce(n.recent_ties_ids, []))[..100]
FOREACH (p IN changed | SET p.ties_id = n.ties_id)
RETURN ties
