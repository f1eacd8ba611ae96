// The identities of members, according to the members' own sources.
//
// mode:    read
// params:  network
// returns: key
MATCH (n:Network {id: $network})-[:HAS]->(:Member)-[:OWNS]->(s:Source)-[:NAMES {is_owner: true}]->(i:Identity)
WHERE s.status <> 'removing'
RETURN DISTINCT i.key AS key
ORDER BY key
