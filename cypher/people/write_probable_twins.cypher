// Who is probably the same human being as whom, made anew for the whole network. Nothing is merged by it.
// `audience` may be told: the network, or the member whose private sources say so.
//
// mode:    write
// params:  network, rows
// returns: written
CALL () {
  MATCH (p:Person {network: $network})
  WHERE p.id IS NOT NULL
  CALL (p) {
    MATCH (p)-[old:PROBABLY]->()
    DELETE old
  }
}
UNWIND $rows AS row
MATCH (p:Person {network: $network, id: row.one})
MATCH (q:Person {network: $network, id: row.other})
CREATE (p)-[:PROBABLY {because: row.because, audience: row.audience}]->(q)
RETURN count(*) AS written
