// How many nodes are in no network, of the first $most: but for networks themselves and the record of the schema none may
// be, since every query finds nodes by it.
//
// mode:    read
// params:  most
// returns: strays
MATCH (n)
WITH n LIMIT $most
WHERE n.network IS NULL AND NOT n:Network AND NOT n:Turn AND NOT n:__Neo4jMigration
RETURN count(n) AS strays
