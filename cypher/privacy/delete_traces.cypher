// Delete an erased person from everything stored besides source rows: decisions, hidden and archived contacts, excluded introducers
// (except a member's own request not to be an introducer), introduction requests that concern or mention them (of one whose
// asker does not see that they are an introducer, only what identifies its introducers), contact plans about them and notes that
// mention them, no-go lists, tags (those whose name or rule mentions them), invitations, ended load jobs that mention them, events about any of these, audit entries about
// them, and their name in those of a former member and in the account of sources that hold their export. The id of the
// account stays there. The person's own request for erasure becomes an entry of the audit log. $claims are proved
// addresses: a member for whom such an address is not confirmed keeps it neither in the account of a source nor as the
// address that they stated.
//
// Idempotent responses are encrypted under their keys, so nobody can tell whom they mention: all of them are deleted. Of
// a load job every property is searched for each of $words (in lower case), and the job is deleted on a match.
//
// With $member, only what that member stored is deleted: nobody else may notice.
//
// What was stored about several identities stays for those that are not erased.
//
// mode:    write
// params:  network, keys, names, words, claims, member
// returns: network
MATCH (n:Network {id: $network})
SET n.stale = true
SET n.version = coalesce(n.version, 0) + 1
WITH n
CALL (n) {
  MATCH (n)-[:HAS]->(m:Member WHERE $member IS NULL OR m.id = $member)-[:DECIDED]->(d:IdentityDecision)
  WHERE any(key IN d.first_keys + d.second_keys WHERE key IN $keys)
  SET d.first_keys = [key IN d.first_keys WHERE NOT key IN $keys],
    d.second_keys = [key IN d.second_keys WHERE NOT key IN $keys]
  WITH d WHERE size(d.first_keys) = 0 OR size(d.second_keys) = 0
  DETACH DELETE d
}
CALL (n) {
  MATCH (n)-[:HAS]->(m:Member WHERE $member IS NULL OR m.id = $member)-[:HIDES]->(h:HiddenContact)
  WHERE any(key IN h.keys WHERE key IN $keys) OR any(name IN h.names WHERE name IN $names)
  SET h.keys = [key IN h.keys WHERE NOT key IN $keys]
  WITH h WHERE coalesce(size(h.keys), 0) = 0
  DETACH DELETE h
}
CALL (n) {
  CALL (n) {
    MATCH (n)-[:EXCLUDES]->(x:ExcludedIntroducer)
    WHERE $member IS NULL
    RETURN x
  UNION
    MATCH (n)-[:HAS]->(m:Member WHERE $member IS NULL OR m.id = $member)-[:EXCLUDES]->(x:ExcludedIntroducer)
    RETURN x
  }
  WITH n, x
  WHERE any(key IN x.keys WHERE key IN $keys)
    AND NOT (
      x.is_self IS NOT NULL AND EXISTS { (n)-[:HAS]->(m:Member) WHERE m.id = x.excluded_by AND m.role IS NOT NULL }
    )
  SET x.keys = [key IN x.keys WHERE NOT key IN $keys]
  WITH x WHERE size(x.keys) = 0
  OPTIONAL MATCH (e:Event {network: $network, about: x.id})
  DETACH DELETE x, e
}
CALL (n) {
  MATCH (n)-[:HAS]->(m:Member WHERE $member IS NULL OR m.id = $member)-[:ARCHIVES]->(a:ArchivedConnection)
  WHERE any(key IN a.keys WHERE key IN $keys)
  SET a.keys = [key IN a.keys WHERE NOT key IN $keys]
  WITH a WHERE size(a.keys) = 0
  DETACH DELETE a
}
CALL (n) {
  MATCH (n)-[:HAS]->(m:Member WHERE $member IS NULL OR m.id = $member)-[:ASKED]->(r:IntroductionRequest {is_hidden: true})
  WHERE (any(key IN r.keys[..-1] WHERE key IN $keys) OR any(id IN r.people[..-1] WHERE id IN $words))
    AND none(status IN r.statuses WHERE status IN ['accepted', 'mention_only'])
  WITH r, [key IN r.keys[..-1] | ''] AS unknown
  SET r.introducer_member = null, r.keys = unknown + r.keys[-1..], r.people = unknown + r.people[-1..],
    r.names = unknown + r.names[-1..]
  WITH r
  MATCH (:Member)-[received:RECEIVED]->(r)
  DELETE received
}
CALL (n) {
  MATCH (n)-[:HAS]->(m:Member WHERE $member IS NULL OR m.id = $member)-[:ASKED]->(r:IntroductionRequest)
  WHERE any(key IN r.keys WHERE key IN $keys) OR any(id IN r.people WHERE id IN $words) OR any(
    text IN [r.reason, r.benefit, r.note, r.redirected_to] + r.names WHERE any(
      word IN $words WHERE toLower(text) CONTAINS word))
  OPTIONAL MATCH (e:Event {network: $network, about: r.id})
  DETACH DELETE r, e
}
CALL (n) {
  MATCH (n)-[:HAS]->(m:Member WHERE $member IS NULL OR m.id = $member)-[:PLANS]->(c:ContactPlan)
  WHERE any(key IN c.keys + c.other_keys WHERE key IN $keys) OR any(word IN $words WHERE toLower(c.note) CONTAINS word)
  WITH c, size(c.other_keys) > 0 AS is_about_two
  SET c.keys = [key IN c.keys WHERE NOT key IN $keys],
    c.other_keys = [key IN c.other_keys WHERE NOT key IN $keys],
    c.note = CASE WHEN any(word IN $words WHERE toLower(c.note) CONTAINS word) THEN null ELSE c.note END
  WITH c, is_about_two WHERE size(c.keys) = 0 OR is_about_two AND size(c.other_keys) = 0
  DETACH DELETE c
}
CALL (n) {
  MATCH (n)-[:HAS]->(m:Member WHERE $member IS NULL OR m.id = $member)-[:TAGS]->(t:Tag)
  WITH t, any(text IN [t.name] + coalesce(t.rule_companies, []) + coalesce(t.rule_groups, []) + coalesce(t.rule_schools, []) WHERE any(
    word IN $words WHERE toLower(text) CONTAINS word)) AS is_mention
  WHERE is_mention OR any(key IN t.keys WHERE key IN $keys)
  SET t.keys = [key IN t.keys WHERE NOT key IN $keys]
  WITH t WHERE is_mention
  DETACH DELETE t
}
CALL (n) {
  MATCH (n)-[:HAS]->(m:Member)
  WHERE any(key IN m.no_go_keys WHERE key IN $keys) AND ($member IS NULL OR m.id = $member)
  SET m.no_go_keys = [key IN m.no_go_keys WHERE NOT key IN $keys]
}
CALL (n) {
  MATCH (n)-[:INVITES]->(i:Invitation)
  WHERE $member IS NULL AND i.confirmed_key IN $keys
  DETACH DELETE i
}
CALL (n) {
  MATCH (n)-[:HAS]->(m:Member WHERE $member IS NULL OR m.id = $member)-[:REQUESTED]->(j:LoadJob)
  WHERE j.status IN ['done', 'failed'] AND any(field IN keys(j) WHERE any(
    text IN CASE WHEN j[field] IS :: LIST<ANY> THEN j[field] ELSE [j[field]] END WHERE any(
      word IN $words WHERE toLower(toStringOrNull(text)) CONTAINS word)))
  OPTIONAL MATCH (e:Event {network: $network, about: j.id})
  DETACH DELETE j, e
}
CALL (n) {
  MATCH (n)-[:HAS]->(m:Member WHERE $member IS NULL OR m.id = $member)-[:OWNS]->(s:Source)
  WHERE s.account STARTS WITH 'of ' AND any(word IN $words WHERE toLower(s.account) CONTAINS word)
  SET s.account = 'of an erased person'
}
CALL (n) {
  MATCH (n)-[:HAS]->(m:Member)
  WHERE none(key IN $keys WHERE key IN coalesce(m.confirmed_keys, []))
  FOREACH (_ IN CASE WHEN toLower(m.email) IN $claims THEN [1] ELSE [] END | REMOVE m.email)
  WITH m
  MATCH (m)-[:OWNS]->(s:Source)
  WHERE toLower(s.account) IN $claims
  SET s.account = 'of an erased person'
}
CALL (n) {
  MATCH (r:ErasureRequest {network: $network})
  WHERE $member IS NULL AND r.key IN $keys
  CALL (r) {
    MATCH (e:Event {network: $network, about: r.id})
    DELETE e
  }
  FOREACH (_ IN CASE WHEN r.status <> 'dismissed' THEN [1] ELSE [] END |
    CREATE (:AuditEntry {network: $network, id: toString(timestamp()) + left(randomUUID(), 8), created_at: timestamp(),
      member: '', action: 'erasure', people: []}))
  DELETE r
}
CALL (n) {
  MATCH (r:IdempotencyRecord {network: $network})
  WHERE r.key IS NOT NULL AND r.response IS NOT NULL
  DELETE r
}
CALL (n) {
  MATCH (a:AuditEntry {network: $network})
  WHERE ($member IS NULL OR a.member = $member) AND a.id IS NOT NULL AND any(id IN a.people WHERE id IN $words)
  SET a.people = [id IN a.people WHERE NOT id IN $words]
  WITH a WHERE a.people = []
  DELETE a
}
CALL (n) {
  MATCH (a:AuditEntry {network: $network})
  WHERE $member IS NULL AND a.id IS NOT NULL AND toLower(a.member_name) IN $words
    AND NOT EXISTS { MATCH (m:Member {network: $network, id: a.member}) WHERE m.role IS NOT NULL }
  REMOVE a.member_name
}
RETURN n.id AS network
