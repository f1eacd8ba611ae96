// Exclude an identity whose holder proved it and objected: no route leads through or to it. People are stale after it,
// because the identity becomes a person of its own. Introduction requests that would still lead through or to it are deleted,
// with the events about them. One whose asker does not see that this is an introducer loses its introducers and expires. Repeating it changes nothing, and no member can undo it.
//
// mode:    write
// params:  network, id, keys, day
// returns: is_new
MATCH (n:Network {id: $network})
MERGE (x:ExcludedIntroducer {network: $network, id: $id})
ON CREATE SET x.is_new = true, x.label = '', x.keys = $keys, x.excluded_by = '', x.is_objection = true, x.day = $day
MERGE (n)-[:EXCLUDES]->(x)
WITH n, x, x.is_new IS NOT NULL AS is_new
FOREACH (_ IN CASE WHEN is_new THEN [1] ELSE [] END |
  REMOVE x.is_new
  SET n.version = coalesce(n.version, 0) + 1
  SET n.stale = true
  CREATE (:Event {network: $network, id: randomUUID(), kind: 'objection_recorded', about: x.id,
    created_at: timestamp(), next_attempt_at: timestamp(), attempts: 0}))
WITH n, is_new
CALL (n) {
  MATCH (n)-[:HAS]->(:Member)-[:ASKED]->(r:IntroductionRequest {is_hidden: true})
  WHERE any(key IN r.keys[..-1] WHERE key IN $keys)
    AND none(status IN r.statuses WHERE status IN ['accepted', 'mention_only'])
  WITH r, [key IN r.keys[..-1] | ''] AS unknown
  SET r.introducer_member = null, r.keys = unknown + r.keys[-1..], r.people = unknown + r.people[-1..],
    r.names = unknown + r.names[-1..]
  WITH r
  MATCH (:Member)-[received:RECEIVED]->(r)
  DELETE received
}
CALL (n) {
  MATCH (n)-[:HAS]->(:Member)-[:ASKED]->(r:IntroductionRequest)
  WHERE any(key IN r.keys WHERE key IN $keys)
    AND r.status IN ['draft', 'sent', 'accepted', 'mention_only', 'target_asked', 'target_agreed']
  OPTIONAL MATCH (e:Event {network: $network, about: r.id})
  DETACH DELETE r, e
}
RETURN is_new
