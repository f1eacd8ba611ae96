// How many people the team could reach once a source is shared, and cannot before: who has a tie that its owner may walk,
// with a row behind it that would not be kept (keep_evidence).
//
// mode:    read
// params:  network, halves, own, out, others, audiences, all
// returns: routable
MATCH (s:Source {network: $network}) WHERE s.id IN $halves
MATCH (i:Identity)-[e:INTERACTED {source: s.id}]->(j:Identity)
WHERE ($others OR i.key IN $own OR j.key IN $own)
  AND all(end IN [i, j] WHERE end.key IN $own
    OR NOT end.key IN $out AND (end.domain IS NOT NULL OR NOT end.key STARTS WITH 'email:'))
WITH DISTINCT i, j
MATCH (i)-[:OF]->(p:Person)
MATCH (j)-[:OF]->(q:Person)
WITH DISTINCT p, q
WHERE EXISTS { (p)-[k:KNOWS]-(q) WHERE k.audience IN $audiences }
UNWIND [p, q] AS one
WITH DISTINCT one
WHERE NOT EXISTS { (one)<-[:IS]-(:Member) } AND NOT EXISTS { (one)-[k:KNOWS]-() WHERE k.audience = $all }
RETURN count(one) AS routable
