// The number of nodes and relationships, and the database's time in milliseconds since 1970.
//
// mode:    read
// params:
// returns: nodes, relationships, now
CALL () {
  MATCH (n)
  RETURN count(n) AS nodes
}
CALL () {
  MATCH ()-[r]->()
  RETURN count(r) AS relationships
}
RETURN nodes, relationships, timestamp() AS now
