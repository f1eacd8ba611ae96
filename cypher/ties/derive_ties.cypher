// Derive KNOWS in both directions for these pairs of people (docs/strength.md), from the evidence of these sources.
//
// Evidence is the maximum over overlapping sources per pair of identities, channel and day, summed in integers, so
// that the order of storage does not matter. Age runs to the earlier of the network's day and the newest coverage of
// the pair's sources. A person from outside who only approached a member and got no answer does not know them; a
// shared mailbox knows nobody, and nobody knows it. A tie of one member's audience ($audience) is written only where
// it exceeds that of the network ($all). The query uses MERGE although it runs under the network's lease: the last
// query of a killed command may still run in the database.
//
// `asleep` marks a tie whose last contact is over 18 months before the end of that age, or of somebody who is
// $unreachable: no route uses it. `unreachable` marks the latter.
//
// A pair that a member set aside has two more values: the day up to which no evidence counts, and whether no route may
// use its tie; the tie then has the audience $aside. The tie that the network would have without a member's statement
// is kept with audience $others: every other member gets a tie of their own that is no less, and the member who made
// the statement gets what is left (docs/decisions/0010-statements.md).
//
// Person.ties_id marks everybody whom a tie leads to that appeared, disappeared or changed for route searches, so that a
// route index reads these ties only (docs/decisions/0033-route-index.md).
//
// mode:    write
// params:  network, audience, aside, all, others, pairs, sources, seen, owners, unreachable, as_of, model
// returns: ties
UNWIND $pairs AS pair
MATCH (p:Person {network: $network, id: pair[0]})
MATCH (q:Person {network: $network, id: pair[1]})
CALL (p, q, pair) {
  MATCH (p)<-[:OF]-(i:Identity)
  MATCH (q)<-[:OF]-(j:Identity)
  OPTIONAL MATCH (i)-[e:INTERACTED]-(j)
  WHERE coalesce(e.source, '') IN $sources
  // read list properties once per relationship: access by index to a stored list reads the whole list
  WITH collect(CASE WHEN e IS NOT NULL THEN
      {i: i, j: j, out: startNode(e) = i, channel: e.channel, days: e.days, weights: e.weights, ends: e.ends} END) AS edges,
    max($seen[e.source]) AS newest, max(i.domain = j.domain) AS colleagues
  WITH edges, colleagues, CASE WHEN newest < $as_of THEN newest ELSE $as_of END AS on
  UNWIND edges AS edge
  UNWIND range(0, size(edge.days) - 1) AS k
  WITH on, colleagues, edge.i AS i, edge.j AS j, edge.out AS out, edge.channel AS channel, edge.days[k] AS day,
    max(edge.weights[k]) AS weight, max(edge.ends[k]) AS ends
  WHERE day <= $as_of AND (pair[2] IS NULL OR day > pair[2])
    AND (ends IS NULL OR $as_of <= ends AND channel IN $model.stating)
  WITH on, colleagues, out, channel, day, weight, CASE WHEN day < on THEN on - day ELSE 0 END AS age
  WITH on, colleagues, out, channel, day, toInteger(round($model.unit * weight
    * (2.0 ^ (-age / $model.half_life) + $model.long_share * 2.0 ^ (-age / $model.long_half_life)))) AS contact
  RETURN max(on) AS on, max(day) AS last, max(colleagues) AS colleagues,
    sum(CASE WHEN out THEN contact ELSE 0 END) / $model.unit AS given,
    sum(CASE WHEN out THEN 0 ELSE contact END) / $model.unit AS taken,
    max(out AND channel IN $model.reaching) AS p_reached,
    max(NOT out AND channel IN $model.reaching) AS q_reached,
    max(out AND channel IN $model.stating) AS p_stated,
    max(NOT out AND channel IN $model.stating) AS q_stated
}
WITH p, q, pair, last, colleagues, p_reached, q_reached, p_stated, q_stated,
  1.0 / (1.0 + exp($model.intercept - $model.contact * log(1.0 + given) - $model.rate * log(
    (coalesce(p.answered, 0.0) + 1.0)
    / (CASE WHEN p.got > p.answered THEN p.got - p.answered ELSE 0.0 END + 1.0)))) AS p_strength,
  1.0 / (1.0 + exp($model.intercept - $model.contact * log(1.0 + taken) - $model.rate * log(
    (coalesce(q.answered, 0.0) + 1.0)
    / (CASE WHEN q.got > q.answered THEN q.got - q.answered ELSE 0.0 END + 1.0)))) AS q_strength,
  last >= on - $model.cold_after AS warm, last >= on - $model.asleep_after AND NOT (p.id IN $unreachable OR q.id IN $unreachable) AS awake,
  p.is_shared_mailbox IS NULL AND q.is_shared_mailbox IS NULL AS people
UNWIND [
  {b: p, a: q, strength: p_strength, mutual_strength: p_strength * q_strength, mutual: q_reached,
   knows: people AND p_reached AND (p_stated OR warm AND p_strength >= $model.least_strength)
     AND (q_reached OR p_stated OR colleagues OR NOT q.id IN $owners)},
  {b: q, a: p, strength: q_strength, mutual_strength: q_strength * p_strength, mutual: p_reached,
   knows: people AND q_reached AND (q_stated OR warm AND q_strength >= $model.least_strength)
     AND (p_reached OR q_stated OR colleagues OR NOT p.id IN $owners)}
] AS tie
WITH tie.b AS b, tie.a AS a, tie, last, awake, pair[2] IS NULL AND pair[3] IS NULL AS open,
  CASE WHEN pair[3] THEN $aside ELSE $audience END AS audience
WITH b, a, tie, last, awake, open, audience,
  COLLECT { MATCH (b)-[k:KNOWS]->(a) WHERE k.audience IN [$audience, $aside, $all, $others] RETURN k } AS there
WITH b, a, tie, last, awake, audience, coalesce(tie.knows, false) AS mine,
  [k IN there WHERE k.audience IN [$audience, $aside]] AS old,
  [k IN there WHERE open AND k.audience = $all][0] AS all,
  [k IN there WHERE open AND k.audience = $others][0] AS others
WITH b, a, tie, last, audience, mine, old, others, mine AND awake OR others IS NOT NULL AND others.asleep IS NULL AS awake,
  others IS NOT NULL OR mine AND (all IS NULL OR tie.strength > all.strength OR tie.mutual_strength > all.mutual_strength
    OR awake AND all.asleep IS NOT NULL) AS knows,
  CASE WHEN mine AND coalesce(tie.strength >= others.strength, true) THEN tie.strength ELSE others.strength END AS strength,
  CASE WHEN mine AND coalesce(tie.mutual_strength >= others.mutual_strength, true) THEN tie.mutual_strength ELSE others.mutual_strength END AS mutual_strength
WITH *, CASE WHEN knows THEN coalesce(size(old) <> 1 OR old[0].audience <> audience OR old[0].strength <> strength
    OR old[0].mutual_strength <> mutual_strength OR (old[0].asleep IS NULL) <> awake, true) ELSE size(old) > 0 END AS differs
FOREACH (k IN [k IN old WHERE NOT knows OR k.audience <> audience] | DELETE k)
FOREACH (_ IN CASE WHEN knows THEN [1] ELSE [] END |
  MERGE (b)-[k:KNOWS {audience: audience}]->(a)
  ON CREATE SET k.by = b.id, k.towards = a.id
  SET k.strength = strength,
    k.mutual_strength = mutual_strength,
    k.last_day = CASE WHEN mine THEN last ELSE others.last_day END,
    k.is_mutual = CASE WHEN mine THEN tie.mutual ELSE others.is_mutual END,
    k.asleep = CASE WHEN NOT awake THEN true END,
    k.unreachable = CASE WHEN NOT awake AND (b.id IN $unreachable OR a.id IN $unreachable) THEN true END
)
WITH sum(CASE WHEN knows THEN 1 ELSE 0 END) AS ties, collect(DISTINCT CASE WHEN differs THEN a END) AS changed
OPTIONAL MATCH (n:Network {id: $network})
SET n.ties_id = randomUUID()
SET n.recent_ties_ids = ([n.ties_id] + coalesce(n.recent_ties_ids, []))[..100]
FOREACH (p IN changed | SET p.ties_id = n.ties_id)
RETURN ties
