// List the ties between the viewer and others, over the audiences of the viewer. `strength` is that of the tie to the
// viewer, `reverse_strength` that of the viewer's tie to the person; each is null without a tie. `awake_strength` is that of
// the ties to the viewer that routes may use, null if all are asleep. A row of `ties` is [id, strength, reverse_strength,
// awake_strength], all in one row for speed (lookup/read_profiles).
//
// mode:    read
// params:  network, viewer_id, audiences
// returns: ties
MATCH (me:Person {network: $network, id: $viewer_id})-[k:KNOWS]-(p:Person)
WHERE k.audience IN $audiences
WITH p, max(CASE WHEN endNode(k) = me THEN k.strength END) AS strength,
       max(CASE WHEN startNode(k) = me THEN k.strength END) AS reverse_strength,
       max(CASE WHEN endNode(k) = me AND k.asleep IS NULL THEN k.strength END) AS awake_strength
RETURN collect([p.id, strength, reverse_strength, awake_strength]) AS ties
