// The jobs of people, made anew. With them a person is whole, and bears the digest that says so; who was cut off in
// between has none, and is made anew by the next load.
//
// mode:    write
// params:  network, rows
// returns: written
UNWIND $rows AS row
MATCH (p:Person {network: $network, id: row.id})
SET p.digest = row.digest
WITH p, row
CALL (p) {
  MATCH (p)-[old:WORKS_AT]->(:Company)
  DELETE old
}
CALL (p, row) {
  UNWIND row.jobs AS job
  MERGE (c:Company {network: $network, key: job.key})
  CREATE (p)-[:WORKS_AT {title: job.title, since: job.since, until: job.until}]->(c)
}
RETURN count(p) AS written
