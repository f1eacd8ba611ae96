// List the people who acted in the name of one of some people, as an assistant does, by what sources in view state.
//
// The index by source makes the work independent of what other sources state.
//
// mode:    read
// params:  network, viewer_id, targets, sources
// returns: id, whom
MATCH (target:Person {network: $network})<-[:OF]-(i:Identity)
WHERE target.id IN $targets
CALL (i) {
  MATCH ()-[n:NAMES]->(a)
  USING INDEX SEEK n:NAMES(source, principal)
  WHERE n.source IN $sources AND n.principal = i.key
  RETURN a, n.network AS network
}
WITH target, a, network WHERE network = $network
MATCH (a)-[:OF]->(one:Person)
WHERE one.id <> $viewer_id AND NOT one.id IN $targets
RETURN one.id AS id, min(target.id) AS whom
ORDER BY id
