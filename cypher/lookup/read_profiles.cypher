// Read the name and the present job of people, as sources in view state them.
//
// The name in use is returned if a source in view states it, or if it is the address of a shared mailbox. Otherwise the
// names that sources in view state are ranked as for the name in use: one from a present list, a full one, the newest.
// A job is returned only if a source in view states it.
//
// mode:    read
// params:  network, ids, sources
// returns: id, name, title, company, shared
UNWIND $ids AS id
MATCH (p:Person {network: $network, id: id})<-[:OF]-(i:Identity)<-[n:NAMES]-(s:Source)
WHERE s.id IN $sources
WITH p, i, n
ORDER BY coalesce(n.gone, 0), n.since DESC, n.seen DESC, n.key
WITH p, [one IN collect(n) WHERE one.name <> ''] AS named, min(substring(i.key, size(split(i.key, ':')[0]) + 1)) AS key,
     [job IN collect(n) WHERE job.company IS NOT NULL AND job.until IS NULL AND job.gone IS NULL][0] AS job
RETURN p.id AS id,
       CASE
         WHEN any(one IN named WHERE one.name = p.name) OR p.is_shared_mailbox AND p.name = key THEN p.name
         ELSE coalesce(
           [one IN named WHERE one.part <> '' AND one.gone IS NULL AND one.name CONTAINS ' '][0].name,
           [one IN named WHERE one.part <> '' AND one.gone IS NULL][0].name,
           [one IN named WHERE one.name CONTAINS ' '][0].name,
           named[0].name, key)
       END AS name,
       job.title AS title, job.company AS company, coalesce(p.is_shared_mailbox, false) AS shared
