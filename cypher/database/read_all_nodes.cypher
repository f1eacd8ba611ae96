// All nodes of all networks, except the schema's own: for a copy of the whole database.
//
// mode:    read
// params:
// returns: id, labels, row
MATCH (n)
WHERE NOT n:__Neo4jMigration AND NOT n:SchemaLock
RETURN elementId(n) AS id, labels(n) AS labels, properties(n) AS row
