// Read the name and the present job of people, as sources in view state them.
//
// The name in use is returned if a source in view states it, or if it is the address of a shared mailbox; or else the
// newest full name that a source in view states, or the newest. A job is returned only if a source in view states it.
//
// mode:    read
// params:  network, ids, sources
// returns: id, name, title, company, shared
UNWIND $ids AS id
MATCH (p:Person {network: $network, id: id})<-[:OF]-(i:Identity)<-[n:NAMES]-(s:Source)
WHERE s.id IN $sources
WITH p, i, n
ORDER BY coalesce(n.gone, 0), n.since DESC, n.seen DESC, n.key
WITH p, [name IN collect(n.name) WHERE name <> ''] AS names, min(substring(i.key, size(split(i.key, ':')[0]) + 1)) AS key,
     [job IN collect(n) WHERE job.company IS NOT NULL AND job.until IS NULL AND job.gone IS NULL][0] AS job
RETURN p.id AS id,
       CASE WHEN p.name IN names OR p.is_shared_mailbox AND p.name = key THEN p.name ELSE coalesce([name IN names WHERE name CONTAINS ' '][0], names[0], key) END AS name,
       job.title AS title, job.company AS company, coalesce(p.is_shared_mailbox, false) AS shared
