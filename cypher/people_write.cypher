// People, made anew: their names, their identities (taken from whoever had them) and their jobs.
//
// mode:    write
// params:  network, rows
// returns: written
UNWIND $rows AS row
MERGE (p:Person {network: $network, id: row.id})
SET p.name = row.name, p.names = row.names, p.digest = row.digest
WITH p, row
CALL (p, row) {
  UNWIND row.identities AS found
  MATCH (i:Identity {network: $network, key: found.key})
  OPTIONAL MATCH (i)-[old:OF]->(:Person)
  DELETE old
  WITH DISTINCT p, i, found
  CREATE (i)-[:OF {because: found.because}]->(p)
}
CALL (p) {
  MATCH (p)-[old:WORKS_AT]->(:Company)
  DELETE old
}
CALL (p, row) {
  UNWIND row.jobs AS job
  MERGE (c:Company {network: $network, key: job.key})
  CREATE (p)-[:WORKS_AT {title: job.title, since: job.since, until: job.until}]->(c)
}
RETURN count(DISTINCT p) AS written
