// List the people whom a source in view of one of these kinds names.
//
// mode:    read
// params:  network, sources, kinds
// returns: id
MATCH (s:Source {network: $network})-[:NAMES]->(:Identity)-[:OF]->(p:Person)
WHERE s.id IN $sources AND s.kind IN $kinds AND p.is_shared_mailbox IS NULL
RETURN DISTINCT p.id AS id
