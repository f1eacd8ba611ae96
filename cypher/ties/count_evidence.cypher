// Count the relationships of evidence of each of these people, in all sources. All people are in one row for speed
// (lookup/read_profiles).
//
// mode:    read
// params:  network, people
// returns: people
UNWIND $people AS id
MATCH (p:Person {network: $network, id: id})
CALL (p) {
  MATCH (p)<-[:OF]-(i:Identity)
  RETURN sum(COUNT { (i)-[:INTERACTED]-() }) AS edges
}
RETURN collect([id, edges]) AS people
