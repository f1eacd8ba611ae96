// Replace the jobs of people, and set the digest that marks a person as complete. A person left without a digest by an
// interruption is written again by the next derivation.
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
