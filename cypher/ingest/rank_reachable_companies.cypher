// The companies that the viewer reaches best: by the probability that at least one of the people who work there now and
// know the viewer responds. Only jobs that a source in view states.
//
// mode:    read
// params:  network, viewer_id, audiences, sources, limit
// returns: company, people, strength
MATCH (me:Person {network: $network, id: $viewer_id})<-[k:KNOWS]-(p:Person)
WHERE k.audience IN $audiences
WITH p, max(k.strength) AS strength
MATCH (p)-[w:WORKS_AT]->(c:Company)
WHERE w.until IS NULL AND EXISTS {
  (p)<-[:OF]-(:Identity)<-[n:NAMES]-(s:Source) WHERE s.id IN $sources AND n.company_key = c.key AND n.gone IS NULL
}
WITH c, collect(DISTINCT [p.id, strength]) AS people
WITH c, [person IN people | person[1]] AS strengths
RETURN c.name AS company, size(strengths) AS people,
  1.0 - reduce(no_response = 1.0, strength IN strengths | no_response * (1.0 - strength)) AS strength
ORDER BY strength DESC, people DESC, company
LIMIT $limit
