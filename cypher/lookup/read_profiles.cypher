// Somebody's name, and what they do now, as the sources in view have it.
//
// The name in use stands where a source in view says it, or where it is the address of a mailbox that several write from;
// else the newest that a source in view does say. A job is shown only by a source in view.
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
       CASE WHEN p.name IN names OR p.shared AND p.name = key THEN p.name ELSE coalesce(names[0], key) END AS name,
       job.title AS title, job.company AS company, coalesce(p.shared, false) AS shared
