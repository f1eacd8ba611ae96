// The jobs of people, made anew. Their companies are there already.
//
// mode:    write
// params:  network, rows
// returns: written
UNWIND $rows AS row
MATCH (p:Person {network: $network, id: row.id})
CALL (p) {
  MATCH (p)-[old:WORKS_AT]->(:Company)
  DELETE old
}
UNWIND row.jobs AS job
MATCH (c:Company {network: $network, key: job.key})
CREATE (p)-[:WORKS_AT {title: job.title, since: job.since, until: job.until}]->(c)
RETURN count(*) AS written
