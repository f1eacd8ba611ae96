// End a membership. Revokes the member's tokens and invitations. Deletes their decisions, upload jobs,
// introduction requests and drafts of requests to them, contact plans, tags, archived connections, the events about those, links to Slack users, and exclusions (but not a request to exclude
// themselves). Their sources count nowhere (networks/read_state), except those that the network keeps.
// Ties are stale after it. derivation/mark_ties_current deletes the node when they are derived without it.
// A request whose asker does not see that the member is the introducer stays without them and expires, because its
// deletion would reveal who it was. Returns no row for the last owner. The first SET locks the network, as in membership/change_role.
//
// mode:    write
// params:  network, member
// returns: member
MATCH (n:Network {id: $network})
SET n.locked_at = timestamp()
WITH n
MATCH (n)-[:HAS]->(m:Member {network: $network, id: $member})
WHERE m.role <> 'owner' OR EXISTS { (n)-[:HAS]->(o:Member {role: 'owner'}) WHERE o <> m }
FOREACH (_ IN CASE WHEN m.role IS NOT NULL THEN [1] ELSE [] END |
  SET n.version = coalesce(n.version, 0) + 1, n.stale = true
  CREATE (:Event {network: $network, id: randomUUID(), kind: 'member_left', about: m.id,
    created_at: timestamp(), next_attempt_at: timestamp(), attempts: 0}))
REMOVE m.role, m.issuer, m.subject, m.sign_in_key, m.request_cap, m.request_cap_per_asker, m.requests_not_before,
  m.quiet_from, m.quiet_until, m.quiet_zone, m.no_go_keys, m.no_go_companies, m.notifications_read_at,
  m.wants_digest, m.digest_at, m.digested_until, m.goal_purpose, m.goal_stage, m.goal_companies, m.goal_roles,
  m.goal_fields
SET m.departed = true
WITH n, m
CALL (m) {
  MATCH (m)-[received:RECEIVED]->(r:IntroductionRequest {is_hidden: true})
  WHERE none(status IN r.statuses WHERE status IN ['accepted', 'mention_only'])
  SET r.introducer_member = null, r.keys = [''] + r.keys[1..], r.people = [''] + r.people[1..],
    r.names = [''] + r.names[1..]
  DELETE received
}
CALL (n, m) {
  MATCH (n)-[:HAS]->(:Member)-[:ASKED]->(r:IntroductionRequest {status: 'draft', introducer_member: m.id})
  WHERE r.is_hidden IS NULL
  DETACH DELETE r
}
CALL (n, m) {
  MATCH (n)-[:HAS]->(:Member)-[:ASKED]->(r:IntroductionRequest {status: 'draft', introducer_member: m.id})
  SET r.introducer_member = null, r.keys = [''] + r.keys[1..], r.people = [''] + r.people[1..],
    r.names = [''] + r.names[1..]
}
CALL (m) {
  MATCH (m)-[:REQUESTED|RECEIVED|ASKED]->(theirs)
  MATCH (e:Event {network: $network, about: theirs.id})
  DELETE e
}
CALL (m) {
  MATCH (m)-[:HOLDS|DECIDED|REQUESTED|EXCLUDES|RECEIVED|ASKED|LINKED_TO|PLANS|ARCHIVES|TAGS]->(theirs)
  DETACH DELETE theirs
}
CALL (n, m) {
  MATCH (n)-[:INVITES]->(i:Invitation {invited_by: m.id})
  SET i.expires_at = 0
}
CALL (n, m) {
  MATCH (n)-[:EXCLUDES]->(x:ExcludedIntroducer {excluded_by: m.id})
  WHERE x.is_self IS NULL
  DETACH DELETE x
}
RETURN m.id AS member
