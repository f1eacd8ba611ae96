// List, for each of these people, everybody with whom they have evidence in these sources. The result is one row, as in
// read_source_evidence.
//
// mode:    read
// params:  network, people, sources
// returns: people
UNWIND $people AS id
MATCH (p:Person {network: $network, id: id})
CALL (p) {
  MATCH (p)<-[:OF]-(:Identity)-[e:INTERACTED]-(:Identity)-[:OF]->(q:Person)
  WHERE coalesce(e.source, '') IN $sources AND q <> p
  RETURN collect(DISTINCT q.id) AS others
}
RETURN collect([id, others]) AS people
