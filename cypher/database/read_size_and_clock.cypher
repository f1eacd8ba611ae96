// How much the database holds, and what time it is there: for whoever looks after it.
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
