// Replace all pairs of people who probably are one human being. Nothing is merged by it. `audience` is who may see the
// pair: the network, or the member whose private sources suggest it.
//
// mode:    write
// params:  network, rows
// returns: written
CALL () {
  MATCH (p:Person {network: $network})
  WHERE p.id IS NOT NULL
  CALL (p) {
    MATCH (p)-[old:PROBABLE_DUPLICATE]->()
    DELETE old
  }
}
UNWIND $rows AS row
MATCH (p:Person {network: $network, id: row.first})
MATCH (q:Person {network: $network, id: row.second})
CREATE (p)-[:PROBABLE_DUPLICATE {reason: row.reason, audience: row.audience}]->(q)
RETURN count(*) AS written
