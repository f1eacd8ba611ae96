// Count, for each of these routes, the routes that lead from one more person to its first introducer and then along it,
// and that are dominated: the asker can start at that introducer with at least the same score.
//
// $routes are lists of introducers, the first one first. $never are no introducers. A colleague responds: their strength
// is 1, as in find_routes_one_introducer.
//
// mode:    read
// params:  network, viewer_id, routes, colleagues, never, audiences
// returns: introducer, count
MATCH (me:Person {network: $network, id: $viewer_id})
UNWIND $routes AS route
MATCH (first:Person {network: $network, id: route[0]})
CALL (me, first) {
  OPTIONAL MATCH (first)-[k:KNOWS]->(me) WHERE k.audience IN $audiences AND k.asleep IS NULL
  RETURN CASE WHEN first.id IN $colleagues THEN 1.0 ELSE max(k.strength) END AS own
}
CALL (me, first, own, route) {
  MATCH (first)-[k:KNOWS]->(before:Person)
  WHERE k.audience IN $audiences AND k.asleep IS NULL AND NOT before.id IN $never AND NOT before.id IN route
  WITH me, own, before, max(k.strength) AS passed
  CALL (me, before) {
    OPTIONAL MATCH (before)-[k:KNOWS]->(me) WHERE k.audience IN $audiences AND k.asleep IS NULL
    RETURN CASE WHEN before.id IN $colleagues THEN 1.0 ELSE max(k.strength) END AS asked
  }
  WITH own, passed, asked WHERE asked > 0.0 AND asked * passed <= own
  RETURN count(*) AS count
}
RETURN first.id AS introducer, count
