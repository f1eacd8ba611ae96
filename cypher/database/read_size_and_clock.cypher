// The number of nodes, relationships and ties, and the database's time in milliseconds since 1970.
//
// mode:    read
// params:
// returns: nodes, relationships, ties, now
CALL () {
  MATCH (n)
  RETURN count(n) AS nodes
}
CALL () {
  MATCH ()-[r]->()
  RETURN count(r) AS relationships
}
CALL () {
  MATCH ()-[k:KNOWS]->()
  RETURN count(k) AS ties
}
RETURN nodes, relationships, ties, timestamp() AS now
