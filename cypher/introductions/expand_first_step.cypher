// List the people whom the viewer can ask, for thousands of targets at once: who knows the viewer, and $colleagues.
//
// That a colleague responds is policy. `lacking` is what their strength lacks to 1, and 0 for everybody else; it
// orders equal scores. $never are no introducers.
//
// mode:    read
// params:  network, viewer_id, colleagues, never, audiences
// returns: id, name, strength, lacking
CALL () {
  MATCH (me:Person {network: $network, id: $viewer_id})<-[asked:KNOWS]-(first)
  WHERE asked.audience IN $audiences AND asked.asleep IS NULL AND NOT first.id IN $never
  RETURN first, asked.strength AS strength, null AS granted
UNION ALL
  MATCH (first:Person {network: $network}) WHERE first.id IN $colleagues AND NOT first.id IN $never
  RETURN first, null AS strength, 1.0 AS granted
}
WITH first, max(strength) AS strength, max(granted) AS granted
RETURN first.id AS id, first.name AS name, coalesce(granted, strength) AS strength,
       CASE WHEN granted IS NULL THEN 0.0 ELSE granted - coalesce(strength, 0.0) END AS lacking
