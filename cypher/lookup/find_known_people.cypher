// List those of some people who know the viewer, and those whose probable duplicate knows the viewer. `one` has the tie
// and is the person or the duplicate; `twins` are all duplicates of `one`.
//
// mode:    read
// params:  network, viewer_id, ids, audiences, circle
// returns: id, one, twins, strength, asleep, unreachable
UNWIND $ids AS id
MATCH (there:Person {network: $network, id: id})
CALL (there) {
  RETURN there AS one
UNION
  MATCH (there)-[alike:PROBABLE_DUPLICATE WHERE alike.audience IN $circle]-(one:Person)
  RETURN one
}
MATCH (one)-[k:KNOWS]->(me:Person)
USING INDEX SEEK k:KNOWS(by, audience, strength)
WHERE k.by = one.id AND k.audience IN $audiences AND k.strength >= 0.0 AND k.towards = $viewer_id AND me.network = $network
RETURN there.id AS id, one.id AS one,
       COLLECT { MATCH (one)-[alike:PROBABLE_DUPLICATE WHERE alike.audience IN $circle]-(q:Person) RETURN q.id } AS twins,
       max(k.strength) AS strength, min(coalesce(k.asleep, false)) AS asleep,
       max(coalesce(k.unreachable, false)) AS unreachable
