// Compute how many requests each person got and answered, decayed.
//
// Requests are stored on the evidence towards the person. They are identified by their day, so that two sources with
// the same request count it once; an answer in one of them is an answer. A request counts from the day of its answer,
// or else from the day its time to answer is over. It decays from its own day, so that an early answer is worth no
// less. In a source that shows only its owner's side ($owners names that person) only requests by or to the owner
// count.
//
// mode:    write
// params:  network, people, sources, seen, owners, as_of, model
// returns: rated
UNWIND $people AS id
MATCH (v:Person {network: $network, id: id})
CALL (v) {
  MATCH (v)<-[:OF]-(j:Identity)<-[e:INTERACTED]-(i:Identity)-[:OF]->(u:Person)
  WHERE coalesce(e.source, '') IN $sources AND size(e.asks) > 0 AND u <> v
    AND ($owners[e.source] IS NULL OR $owners[e.source] IN [u.id, v.id])
  WITH collect({i: i, j: j, channel: e.channel, asks: e.asks, answered: e.answered}) AS edges, max($seen[e.source]) AS newest
  WITH edges, CASE WHEN newest < $as_of THEN newest ELSE $as_of END AS on
  UNWIND edges AS edge
  UNWIND range(0, size(edge.asks) - 1) AS k
  WITH on, edge.i AS i, edge.j AS j, edge.channel AS channel, edge.asks[k] AS asked,
    min(edge.answered[k]) AS answered
  WITH on, asked, answered <= asked + $model.answer_within AS was_answered,
    CASE WHEN answered <= asked + $model.answer_within THEN answered ELSE asked + $model.answer_within END AS counted
  WHERE counted <= on
  WITH was_answered, toInteger(round($model.unit * 2.0 ^ (-(on - asked) / $model.rate_half_life))) AS weight
  RETURN sum(weight) / $model.unit AS got,
    sum(CASE WHEN was_answered THEN weight ELSE 0 END) / $model.unit AS answered
}
SET v.got = got, v.answered = answered
RETURN count(v) AS rated
