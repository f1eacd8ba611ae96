// How many people the team could reach if a source were shared, and cannot reach now. These are people with a tie that
// the source's owner may route over and a row that would be in the shared part (see
// derivation/move_evidence_between_parts).
//
// mode:    read
// params:  network, parts, own_keys, hidden_keys, third_party_ties, audiences, network_audience
// returns: newly_reachable
MATCH (s:Source {network: $network}) WHERE s.id IN $parts
MATCH (i:Identity)-[e:INTERACTED {source: s.id}]->(j:Identity)
WHERE ($third_party_ties OR i.key IN $own_keys OR j.key IN $own_keys)
  AND all(end IN [i, j] WHERE end.key IN $own_keys
    OR NOT end.key IN $hidden_keys AND (end.domain IS NOT NULL OR NOT end.key STARTS WITH 'email:'))
WITH DISTINCT i, j
MATCH (i)-[:OF]->(p:Person)
MATCH (j)-[:OF]->(q:Person)
WITH DISTINCT p, q
WHERE EXISTS { (p)-[k:KNOWS]-(q) WHERE k.audience IN $audiences }
UNWIND [p, q] AS person
WITH DISTINCT person
WHERE NOT EXISTS { (person)<-[:IS]-(:Member) }
  AND NOT EXISTS { (person)-[k:KNOWS]-() WHERE k.audience = $network_audience }
RETURN count(person) AS newly_reachable
