// Read the interactions of each pair, by direction and channel, and the valid statements about them.
//
// One day of one pair of identities counts once over all sources: the same mailbox exported twice, or two colleagues
// with the same message, count no more than one. Both ends are matched before the evidence between them, so that the
// owner of a mailbox, who wrote to everybody, costs no more than anybody else.
//
// mode:    read
// params:  network, pairs, sources, as_of
// returns: by, towards, out, channel, weight, first, last, until
UNWIND $pairs AS pair
MATCH (by:Person {network: $network, id: pair[0]})<-[:OF]-(i:Identity)
MATCH (towards:Person {network: $network, id: pair[1]})<-[:OF]-(j:Identity)
CALL (i, j) {
  MATCH (i)-[e:INTERACTED]-(j)
  WHERE coalesce(e.source, '') IN $sources
  RETURN e
}
MATCH (s:Source {network: $network, id: e.source})
WITH by, towards, i, j, startNode(e) = i AS out, e.channel AS channel, e.days AS days, e.weights AS weights, e.ends AS ends,
     s.coverage_until AS until
UNWIND range(0, size(days) - 1) AS n
WITH by, towards, i, j, out, channel, days[n] AS day, weights[n] AS weight, ends[n] AS ends, until
WHERE day <= $as_of AND (ends IS NULL OR $as_of <= ends)
WITH by, towards, i, j, out, channel, day, max(weight) AS weight, max(until) AS until
RETURN by.id AS by, towards.id AS towards, out, channel,
       sum(weight) AS weight, min(day) AS first, max(day) AS last, max(until) AS until
