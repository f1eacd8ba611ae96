// List the people who work or worked at these companies, as sources in view state it, and the given people, each with
// probable duplicates. Of a person's jobs there the present one is returned, or else the last.
//
// mode:    read
// params:  network, keys, ids, sources, circle
// returns: id, now, title, since, until, same
CALL () {
  MATCH (c:Company {network: $network})<-[job:WORKS_AT]-(p:Person)
  WHERE c.key IN $keys
    AND EXISTS {
      (p)<-[:OF]-(:Identity)<-[n:NAMES]-(s:Source)
      WHERE s.id IN $sources AND n.company_key = c.key AND (job.title IS NULL OR n.title = job.title)
    }
  RETURN p, job.title AS title, job.since AS since, job.until AS until, true AS stated
UNION ALL
  MATCH (p:Person {network: $network}) WHERE p.id IN $ids
  RETURN p, null AS title, null AS since, null AS until, false AS stated
}
WITH p, title, since, until, stated
ORDER BY stated DESC, coalesce(until, 2147483647) DESC, coalesce(since, -1) DESC, title
WITH p, collect({title: title, since: since, until: until})[0] AS job
RETURN p.id AS id, job.until IS NULL AS now, job.title AS title, job.since AS since, job.until AS until,
       COLLECT {
         MATCH (p)-[alike:PROBABLE_DUPLICATE WHERE alike.audience IN $circle]-{1,2}(q:Person)
         WHERE q <> p AND EXISTS { (q)<-[:OF]-(:Identity)<-[:NAMES]-(s:Source) WHERE s.id IN $sources }
         RETURN DISTINCT q.id AS id ORDER BY id
       } AS same
