// All relationships between the nodes of database/read_all_nodes.
//
// mode:    read
// params:
// returns: from, to, type, row
MATCH (a)-[r]->(b)
WHERE NOT a:__Neo4jMigration
RETURN elementId(a) AS from, elementId(b) AS to, type(r) AS type, properties(r) AS row
