// List, for each of these people, everybody with whom they have evidence in these sources, a tie of this audience, or
// a pair that is set aside ($asides has the others by person). The result is one row, as in read_source_evidence.
//
// mode:    read
// params:  network, people, sources, audiences, asides
// returns: people
UNWIND $people AS id
MATCH (p:Person {network: $network, id: id})
CALL (p) {
  WITH p WHERE size($sources) > 0
  MATCH (p)<-[:OF]-(:Identity)-[e:INTERACTED]-(:Identity)-[:OF]->(q:Person)
  WHERE coalesce(e.source, '') IN $sources AND q <> p
  RETURN q.id AS other
  UNION
  MATCH (p)-[k:KNOWS]-(q:Person)
  WHERE k.audience IN $audiences
  RETURN q.id AS other
  UNION
  UNWIND coalesce($asides[p.id], []) AS other
  RETURN other
}
WITH id, collect(other) AS others
RETURN collect([id, others]) AS people
