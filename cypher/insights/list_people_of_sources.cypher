// List the people whom a source in view of one of these kinds names. Sources of the people $withheld do not count: their
// kind would tell which colleague knows somebody.
//
// mode:    read
// params:  network, sources, kinds, withheld
// returns: id
MATCH (:Network {id: $network})-[:HAS]->(m:Member)-[:OWNS]->(s:Source)
WHERE s.id IN $sources AND s.kind IN $kinds AND NOT EXISTS { (m)-[:IS]->(owner:Person) WHERE owner.id IN $withheld }
MATCH (s)-[:NAMES]->(:Identity)-[:OF]->(p:Person)
WHERE p.is_shared_mailbox IS NULL
RETURN DISTINCT p.id AS id
