// Read all evidence of each pair in these sources, as stored, for graph.ties.past.
//
// `edges` are [identity of p, identity of q, whether p is the sender, source, channel, days, weights, last valid
// days]. All pairs are in one row for speed (lookup/read_profiles).
//
// mode:    read
// params:  network, pairs, sources
// returns: pairs
UNWIND $pairs AS pair
MATCH (p:Person {network: $network, id: pair[0]})
MATCH (q:Person {network: $network, id: pair[1]})
CALL (p, q) {
  MATCH (p)<-[:OF]-(i:Identity)
  MATCH (q)<-[:OF]-(j:Identity)
  OPTIONAL MATCH (i)-[e:INTERACTED]-(j)
  WHERE coalesce(e.source, '') IN $sources
  RETURN coalesce(max(i.domain = j.domain), false) AS colleagues,
    collect(CASE WHEN e IS NOT NULL THEN
      [i.key, j.key, startNode(e) = i, e.source, e.channel, e.days, e.weights, e.ends] END) AS edges
}
RETURN collect({p: p.id, q: q.id, people: p.is_shared_mailbox IS NULL AND q.is_shared_mailbox IS NULL,
  colleagues: colleagues, edges: edges}) AS pairs
