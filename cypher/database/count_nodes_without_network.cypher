// How many of the first $limit nodes belong to no network. Only networks and the schema's own nodes may, because every
// other query finds nodes by network.
//
// mode:    read
// params:  limit
// returns: nodes_without_network
MATCH (n)
WITH n LIMIT $limit
WHERE n.network IS NULL AND NOT n:Network AND NOT n:SchemaLock AND NOT n:__Neo4jMigration
RETURN count(n) AS nodes_without_network
