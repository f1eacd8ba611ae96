// Write nodes of another database. Returns the id of each in both databases.
//
// mode:    write
// params:  rows
// returns: old_id, id
UNWIND $rows AS row
CREATE (n:$(row.labels))
SET n = row.row
RETURN row.id AS old_id, elementId(n) AS id
