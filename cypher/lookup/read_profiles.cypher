// Read the name and the present job of people, as sources in view state them.
//
// The name in use is returned if a source in view states it, or if it is the address of a shared mailbox. Otherwise the
// names that sources in view state are ranked as for the name in use: one from a present list, a full one, the newest.
// A job is returned only if a source in view states it.
// Most people have their name in use and at most one job: only the others are ranked. A map reads the properties of a
// relationship at once, which is faster than one after the other. A row of `people` is
// [id, name, title, company, is shared]. They are in one row, because the client needs 50 microseconds for each row.
//
// mode:    read
// params:  network, ids, sources
// returns: people
// union:   ids
UNWIND $ids AS id
MATCH (p:Person {network: $network, id: id})<-[:OF]-(:Identity)<-[stated:NAMES]-()
WITH p, stated {.source, .name, .title, .company, .until, .gone} AS n
WHERE n.source IN $sources
WITH p, coalesce(max(n.name = p.name), false) AS is_stated,
     collect(DISTINCT CASE WHEN n.company IS NOT NULL AND n.until IS NULL AND n.gone IS NULL THEN [n.title, n.company] END) AS jobs
CALL (p, is_stated, jobs) {
  WITH p, is_stated, jobs WHERE is_stated AND size(jobs) <= 1
  RETURN p.name AS name, jobs[0][0] AS title, jobs[0][1] AS company
UNION ALL
  WITH p, is_stated, jobs WHERE NOT (is_stated AND size(jobs) <= 1)
  MATCH (p)<-[:OF]-(i:Identity)<-[n:NAMES]-()
  WHERE n.source IN $sources
  WITH p, i, n
  ORDER BY coalesce(n.gone, 0), n.since DESC, n.seen DESC, n.key
  WITH p, [one IN collect(n) WHERE one.name <> ''] AS named, min(substring(i.key, size(split(i.key, ':')[0]) + 1)) AS key,
       [job IN collect(n) WHERE job.company IS NOT NULL AND job.until IS NULL AND job.gone IS NULL][0] AS job
  RETURN
       CASE
         WHEN any(one IN named WHERE one.name = p.name) OR p.is_shared_mailbox AND p.name = key THEN p.name
         ELSE coalesce(
           [one IN named WHERE one.part <> '' AND one.gone IS NULL AND one.name CONTAINS ' '][0].name,
           [one IN named WHERE one.part <> '' AND one.gone IS NULL][0].name,
           [one IN named WHERE one.name CONTAINS ' '][0].name,
           named[0].name, key)
       END AS name,
       job.title AS title, job.company AS company
}
RETURN collect([p.id, name, title, company, coalesce(p.is_shared_mailbox, false)]) AS people
