// List the pairs of people that a statement sets aside on a day, in both directions. `out_of_touch_since` is the day up
// to which no evidence counts, because the two are out of touch; `unroutable` is whether no route may use the tie.
//
// mode:    read
// params:  network, sources, as_of, parting, barring
// returns: source, by, towards, out_of_touch_since, unroutable
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
  max(CASE WHEN channel IN $parting THEN day END) AS out_of_touch_since, max(channel IN $barring) AS unroutable
