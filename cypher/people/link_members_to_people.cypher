// Link members to their people. Returns one row for each member whose person changed.
//
// mode:    write
// params:  network, rows
// returns: member
UNWIND $rows AS row
MATCH (m:Member {network: $network, id: row.member})
OPTIONAL MATCH (m)-[old:IS]->(before:Person)
WITH row, m, old, before
WHERE before IS NULL OR row.person IS NULL OR before.id <> row.person
DELETE old
WITH row, m
OPTIONAL MATCH (p:Person {network: $network, id: row.person})
FOREACH (person IN CASE WHEN p IS NULL THEN [] ELSE [p] END | CREATE (m)-[:IS]->(person))
RETURN m.id AS member
