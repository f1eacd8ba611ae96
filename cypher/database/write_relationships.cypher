// Write relationships of another database, between nodes given by their ids in this one.
//
// mode:    write
// params:  rows
// returns: written
UNWIND $rows AS row
MATCH (a) WHERE elementId(a) = row.from
MATCH (b) WHERE elementId(b) = row.to
CREATE (a)-[r:$(row.type)]->(b)
SET r = row.row
RETURN count(r) AS written
