// Ties are derived from all that counts, and without those who have left; of them nothing remains but the owner of what
// the network keeps.
//
// mode:    write
// params:  network, left
// returns: as_of
MATCH (n:Network {id: $network})
REMOVE n.stale
WITH n
CALL (n) {
  MATCH (n)-[:HAS]->(m:Member)
  WHERE m.id IN $left AND m.role IS NULL
  REMOVE m.leaving, m.name, m.email, m.key
  WITH m WHERE NOT (m)-[:OWNS]->()
  DETACH DELETE m
}
RETURN n.as_of AS as_of
