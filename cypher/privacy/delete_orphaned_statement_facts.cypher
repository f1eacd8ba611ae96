// Clean up after statements were deleted: delete the names that a statement source gives to identities without any
// statement left, and mark a source without statements for removal.
//
// mode:    write
// params:  network
// returns: sources
MATCH (:Network {id: $network})-[:HAS]->(:Member)-[:OWNS]->(s:Source {kind: 'statements'})
CALL (s) {
  MATCH (s)-[name:NAMES]->(i:Identity)
  WHERE name.is_owner IS NULL AND NOT EXISTS { (i)-[:INTERACTED {source: s.id}]-() }
  DELETE name
}
CALL (s) {
  WITH s, s.id + ' kept' AS private_part
  WHERE s.is_private_part IS NULL AND NOT EXISTS { ()-[:INTERACTED {source: s.id}]->() }
    AND NOT EXISTS { ()-[:INTERACTED {source: private_part}]->() }
  SET s.status = 'removing'
}
RETURN count(*) AS sources
