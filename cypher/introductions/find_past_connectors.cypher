// List people who interacted with the viewer and assist a target, work where a target works, or worked there while the
// target did. graph.ties.past decides whether they knew the viewer on the day.
//
// The rows are those of find_assistants and find_possible_connectors. Assistants have `whom`.
//
// mode:    read
// params:  network, viewer_id, targets, sources, as_of, circle
// returns: id, whom, twins, company, title, since, until
MATCH (me:Person {network: $network, id: $viewer_id})
CALL (me) {
  MATCH (target:Person {network: $network})<-[:OF]-(i:Identity)
  WHERE target.id IN $targets
  MATCH (s:Source)-[n:NAMES {network: $network, principal: i.key}]->(:Identity)-[:OF]->(one:Person)
  WHERE s.id IN $sources AND one <> me AND NOT one.id IN $targets
  RETURN one, min(target.id) AS whom, null AS company, null AS title, null AS since, null AS until
UNION
  MATCH (target:Person {network: $network})-[own:WORKS_AT]->(c:Company)
  WHERE target.id IN $targets
    AND EXISTS {
      (target)<-[:OF]-(:Identity)<-[n:NAMES]-(s:Source)
      WHERE s.id IN $sources AND n.company_key = c.key AND (own.title IS NULL OR n.title = own.title)
    }
  WITH me, c, min(own.since) AS joined, sum(CASE WHEN own.until IS NULL THEN 1 ELSE 0 END) AS jobs
  WHERE jobs > 0
  MATCH (c)<-[job:WORKS_AT]-(there:Person)
  WHERE there <> me AND NOT there.id IN $targets AND (job.until IS NULL OR joined <= job.until)
    AND EXISTS {
      (there)<-[:OF]-(:Identity)<-[n:NAMES]-(s:Source)
      WHERE s.id IN $sources AND n.company_key = c.key AND (job.title IS NULL OR n.title = job.title)
    }
  CALL (there) {
    RETURN there AS one
  UNION
    MATCH (there)-[alike:PROBABLE_DUPLICATE WHERE alike.audience IN $circle]-(one:Person)
    RETURN one
  }
  WITH me, c, one, job
  WHERE one <> me AND NOT one.id IN $targets
  RETURN one, null AS whom, c.name AS company, job.title AS title, job.since AS since, job.until AS until
}
WITH me, one, whom, company, title, since, until
WHERE EXISTS {
  MATCH (one)<-[:OF]-(i:Identity)
  MATCH (me)<-[:OF]-(j:Identity)
  WITH i, j
  MATCH (i)-[e:INTERACTED]-(j)
  WHERE coalesce(e.source, '') IN $sources AND e.days[0] <= $as_of
  RETURN i
}
RETURN one.id AS id, whom, COLLECT { MATCH (one)-[alike:PROBABLE_DUPLICATE WHERE alike.audience IN $circle]-(q:Person) RETURN q.id } AS twins,
       company, title, since, until
ORDER BY one.name, id, coalesce(until, 2147483647) DESC, coalesce(since, -1) DESC, title
