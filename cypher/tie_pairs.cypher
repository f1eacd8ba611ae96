// With whom each of these people has evidence in these sources, or a tie of this audience that may have to go.
// In one row, like source_evidence.
//
// mode:    read
// params:  network, people, sources, audience
// returns: people
UNWIND $people AS id
MATCH (p:Person {network: $network, id: id})
CALL (p) {
  WITH p WHERE size($sources) > 0
  MATCH (p)<-[:OF]-(:Identity)-[e:INTERACTED]-(:Identity)-[:OF]->(q:Person)
  WHERE coalesce(e.source, '') IN $sources AND q <> p
  RETURN q.id AS other
  UNION
  MATCH (p)-[:KNOWS {audience: $audience}]-(q:Person)
  RETURN q.id AS other
}
WITH id, collect(other) AS others
RETURN collect([id, others]) AS people
