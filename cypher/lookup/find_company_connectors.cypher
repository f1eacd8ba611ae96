// List people who know the viewer and work or worked at the companies that a name matches.
//
// The exact key comes first; where nobody in view has it, keys that start with the name; then keys with a word that
// does. The full-text index only proposes. The rest equals find_possible_connectors.
//
// mode:    read
// params:  network, viewer_id, company, lucene, audiences, sources, circle
// returns: id, twins, company, title, since, until, strength
CALL db.index.fulltext.queryNodes('company_keys', $lucene) YIELD node AS c
WHERE c.network = $network AND (' ' + c.key) CONTAINS (' ' + $company)
  AND EXISTS {
    (c)<-[:WORKS_AT]-(:Person)<-[:OF]-(:Identity)<-[n:NAMES]-(s:Source)
    WHERE s.id IN $sources AND n.company_key = c.key
  }
WITH c, CASE WHEN c.key = $company THEN 0 WHEN c.key STARTS WITH $company THEN 1 ELSE 2 END AS far
ORDER BY far
WITH collect({company: c, far: far}) AS found
UNWIND [hit IN found WHERE hit.far = found[0].far] AS hit
WITH hit.company AS c
MATCH (me:Person {network: $network, id: $viewer_id})
WITH me, c, COUNT { (c)<-[:WORKS_AT]-() } <= COUNT { (me)<-[:KNOWS]-() } AS fewer
CALL (me, c, fewer) {
  WITH me, c, fewer WHERE fewer
  MATCH (c)<-[job:WORKS_AT]-(there:Person)
  CALL (there) {
    RETURN there AS one
  UNION
    MATCH (there)-[alike:PROBABLE_DUPLICATE WHERE alike.audience IN $circle]-(one:Person)
    RETURN one
  }
  MATCH (one)-[k:KNOWS]->(me)
  WHERE k.audience IN $audiences
  RETURN one, there, job, max(k.strength) AS strength
UNION ALL
  WITH me, c, fewer WHERE NOT fewer
  MATCH (me)<-[k:KNOWS]-(one:Person)
  WHERE k.audience IN $audiences
  WITH c, one, max(k.strength) AS strength
  CALL (one) {
    RETURN one AS there
  UNION
    MATCH (one)-[alike:PROBABLE_DUPLICATE WHERE alike.audience IN $circle]-(there:Person)
    RETURN there
  }
  MATCH (there)-[job:WORKS_AT]->(c)
  RETURN one, there, job, strength
}
WITH me, c, one, there, job, strength
WHERE there <> me
  AND EXISTS {
    (there)<-[:OF]-(:Identity)<-[n:NAMES]-(s:Source)
    WHERE s.id IN $sources AND n.company_key = c.key AND (job.title IS NULL OR n.title = job.title)
  }
RETURN one.id AS id, COLLECT { MATCH (one)-[alike:PROBABLE_DUPLICATE WHERE alike.audience IN $circle]-(q:Person) RETURN q.id } AS twins,
       c.name AS company, job.title AS title, job.since AS since, job.until AS until, strength
ORDER BY strength DESC, one.name, id, coalesce(until, 2147483647) DESC, coalesce(since, -1) DESC, title
