// List people who know the viewer and acted in a target's name, as an assistant does, strongest tie first.
//
// mode:    read
// params:  network, viewer_id, targets, audiences, sources
// returns: id, whom, strength
MATCH (me:Person {network: $network, id: $viewer_id})
MATCH (target:Person {network: $network})<-[:OF]-(i:Identity)
WHERE target.id IN $targets
CALL (me, target, i) {
  MATCH (s:Source)-[n:NAMES {network: $network, principal: i.key}]->(:Identity)-[:OF]->(one:Person)
  WHERE s.id IN $sources AND one <> me AND NOT one.id IN $targets
  MATCH (one)-[k:KNOWS]->(me)
  WHERE k.audience IN $audiences
  RETURN one, k
}
RETURN one.id AS id, min(target.id) AS whom, max(k.strength) AS strength
ORDER BY strength DESC, id
