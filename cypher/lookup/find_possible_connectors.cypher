// List people who know the viewer and work where a target works, or worked there while the target already did.
//
// A person and a probable duplicate count as one: the tie may belong to one and the job to the other. The query
// expands the smaller of the company and the viewer's ties, by the degrees of both. A job counts only if a source in
// view states it.
//
// mode:    read
// params:  network, viewer_id, targets, audiences, sources, circle
// returns: id, twins, company, title, since, until, strength
MATCH (me:Person {network: $network, id: $viewer_id})
MATCH (target:Person {network: $network})-[own:WORKS_AT]->(c:Company)
WHERE target.id IN $targets
  AND EXISTS {
    (target)<-[:OF]-(:Identity)<-[n:NAMES]-(s:Source)
    WHERE s.id IN $sources AND n.company_key = c.key AND (own.title IS NULL OR n.title = own.title)
  }
WITH me, c, min(own.since) AS joined, sum(CASE WHEN own.until IS NULL THEN 1 ELSE 0 END) AS jobs
WHERE jobs > 0
WITH me, c, joined, COUNT { (c)<-[:WORKS_AT]-() } <= COUNT { (me)<-[:KNOWS]-() } AS fewer
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
WITH me, c, joined, one, there, job, strength
WHERE there <> me AND NOT one.id IN $targets AND NOT there.id IN $targets
  AND (job.until IS NULL OR joined <= job.until)
  AND EXISTS {
    (there)<-[:OF]-(:Identity)<-[n:NAMES]-(s:Source)
    WHERE s.id IN $sources AND n.company_key = c.key AND (job.title IS NULL OR n.title = job.title)
  }
RETURN one.id AS id, COLLECT { MATCH (one)-[alike:PROBABLE_DUPLICATE WHERE alike.audience IN $circle]-(q:Person) RETURN q.id } AS twins,
       c.name AS company, job.title AS title, job.since AS since, job.until AS until, strength
ORDER BY strength DESC, one.name, id, coalesce(until, 2147483647) DESC, coalesce(since, -1) DESC, title
