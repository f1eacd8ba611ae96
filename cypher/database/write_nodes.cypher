// Nodes of another database, as they are there, each with the id it has here.
//
// mode:    write
// params:  rows
// returns: was, id
UNWIND $rows AS row
CREATE (n:$(row.labels))
SET n = row.row
RETURN row.id AS was, elementId(n) AS id
