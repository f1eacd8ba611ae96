// Read what the ties of these people are derived from. The pairs of a person are those with evidence in the sources
// $among, with a tie of $among_audiences, or in $pairs, which has the others by person. $every_person says that the ties
// of all people are derived: then each pair is read from one of its people only.
//
// A person is [id, whether it is a shared mailbox, requests, answers, pairs]. A pair is [id, whether it is a shared
// mailbox, requests, answers, whether both have a domain in common, evidence, ties], evidence is [identity of the person,
// identity of the other, whether the person acted, source, channel, days, weights, last days of statements], and a tie is
// [whether the person knows the other, audience, strength, mutual strength, last day, whether it is mutual, asleep,
// unreachable]. All people are in one row for speed (lookup/read_profiles).
//
// mode:    read
// params:  network, people, every_person, among, among_audiences, sources, audiences, pairs
// returns: people
UNWIND $people AS id
MATCH (p:Person {network: $network, id: id})
CALL (p) {
  WITH p WHERE size($among) > 0
  MATCH (p)<-[:OF]-(:Identity)-[e:INTERACTED]-(:Identity)-[:OF]->(q:Person)
  WHERE coalesce(e.source, '') IN $among AND q <> p AND (NOT $every_person OR p.id < q.id)
  RETURN q
  UNION
  WITH p WHERE size($among_audiences) > 0
  MATCH (p)-[k:KNOWS]-(q:Person)
  WHERE k.audience IN $among_audiences AND (NOT $every_person OR p.id < q.id)
  RETURN q
  UNION
  UNWIND [listed IN coalesce($pairs[p.id], []) WHERE NOT $every_person OR p.id < listed] AS other
  MATCH (q:Person {network: $network, id: other})
  RETURN q
}
CALL (p, q) {
  MATCH (p)<-[:OF]-(i:Identity)
  MATCH (q)<-[:OF]-(j:Identity)
  OPTIONAL MATCH (i)-[e:INTERACTED]-(j)
  WHERE coalesce(e.source, '') IN $sources
  RETURN coalesce(max(i.domain = j.domain), false) AS colleagues,
    collect(CASE WHEN e IS NOT NULL THEN
      [i.key, j.key, startNode(e) = i, e.source, e.channel, e.days, e.weights, e.ends] END) AS edges
}
WITH p, collect([q.id, coalesce(q.is_shared_mailbox, false), coalesce(q.got, 0.0), coalesce(q.answered, 0.0), colleagues, edges,
  COLLECT {
    MATCH (p)-[k:KNOWS]-(q)
    WHERE k.audience IN $audiences
    RETURN [startNode(k) = p, k.audience, k.strength, k.mutual_strength, k.last_day, k.is_mutual,
      coalesce(k.asleep, false), coalesce(k.unreachable, false)]
  }]) AS pairs
RETURN collect([p.id, coalesce(p.is_shared_mailbox, false), coalesce(p.got, 0.0), coalesce(p.answered, 0.0), pairs]) AS people
