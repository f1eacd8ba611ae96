// What is left when statements have gone: their source names nobody of whom it no longer speaks, and is to be removed
// where it says nothing any more.
//
// mode:    write
// params:  network
// returns: emptied
MATCH (:Network {id: $network})-[:HAS]->(:Member)-[:OWNS]->(s:Source {kind: 'statements'})
CALL (s) {
  MATCH (s)-[name:NAMES]->(i:Identity)
  WHERE name.self IS NULL AND NOT EXISTS { (i)-[:INTERACTED {source: s.id}]-() }
  DELETE name
}
CALL (s) {
  WITH s WHERE NOT EXISTS { ()-[:INTERACTED {source: s.id}]->() }
  SET s.status = 'removing'
}
RETURN count(*) AS emptied
