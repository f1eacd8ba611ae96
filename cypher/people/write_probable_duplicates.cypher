// Write pairs of people who probably are one human being. Nothing is merged by it. `audience` is who may see the pair: the
// network, or the member whose private sources suggest it. `is_stated`: a row of that member states the two together, so
// they are one person in every answer to that member.
//
// mode:    write
// params:  network, rows
// returns: written
UNWIND $rows AS row
MATCH (p:Person {network: $network, id: row.first})
MATCH (q:Person {network: $network, id: row.second})
MERGE (p)-[pair:PROBABLE_DUPLICATE {reason: row.reason, audience: row.audience}]->(q)
SET pair.is_stated = row.is_stated
RETURN count(*) AS written
