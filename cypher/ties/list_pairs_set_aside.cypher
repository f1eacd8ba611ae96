// The pairs of people that somebody has set aside by that day, both ways: `parted`, the day up to which nothing counts
// since they are out of touch; `barred`, whether no route is to lead over them. Few, as statements are.
//
// mode:    read
// params:  network, sources, as_of, parting, barring
// returns: source, by, towards, parted, barred
MATCH (s:Source {network: $network}) WHERE s.id IN $sources
MATCH (i:Identity)-[e:INTERACTED {source: s.id}]->(j:Identity)
WHERE e.channel IN $parting + $barring
UNWIND range(0, size(e.days) - 1) AS k
WITH s, i, j, e.channel AS channel, e.days[k] AS day, e.ends[k] AS ends
WHERE day <= $as_of AND $as_of <= ends
MATCH (i)-[:OF]->(p:Person)
MATCH (j)-[:OF]->(q:Person)
WHERE p <> q
RETURN s.id AS source, p.id AS by, q.id AS towards,
  max(CASE WHEN channel IN $parting THEN day END) AS parted, max(channel IN $barring) AS barred
