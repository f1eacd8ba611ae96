// The companies where most would act for the viewer: by the odds that at least one of those who work there now and know
// the viewer does. Only jobs that a source in view states.
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
WITH c, collect(DISTINCT [p.id, strength]) AS known
WITH c, [pair IN known | pair[1]] AS strengths
RETURN c.name AS company, size(strengths) AS people,
  1.0 - reduce(none = 1.0, one IN strengths | none * (1.0 - one)) AS strength
ORDER BY strength DESC, people DESC, company
LIMIT $limit
