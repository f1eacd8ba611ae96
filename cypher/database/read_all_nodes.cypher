// Every node there is, of all networks, but those that say how far the schema is: for a copy of the whole database.
//
// mode:    read
// params:
// returns: id, labels, row
MATCH (n)
WHERE NOT n:__Neo4jMigration AND NOT n:Turn
RETURN elementId(n) AS id, labels(n) AS labels, properties(n) AS row
