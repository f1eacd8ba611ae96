// Renames what a store of schema 22 holds to the names of V0023__baseline, one statement after the other, each committed by
// itself. Every statement can be repeated: an interrupted upgrade continues where it stopped. The last one removes the
// records of V0001 to V0022, after which the baseline is applied.
DROP CONSTRAINT turn_name IF EXISTS;
DROP CONSTRAINT job_id IF EXISTS;
DROP CONSTRAINT decision_id IF EXISTS;
DROP CONSTRAINT concealed_id IF EXISTS;
DROP CONSTRAINT not_a_route_id IF EXISTS;
DROP CONSTRAINT reveal_id IF EXISTS;
DROP CONSTRAINT forgotten_mark IF EXISTS;
DROP CONSTRAINT audit_id IF EXISTS;
DROP CONSTRAINT done_key IF EXISTS;
DROP CONSTRAINT link_fingerprint IF EXISTS;
DROP INDEX done_until IF EXISTS;
DROP INDEX link_found IF EXISTS;
DROP INDEX link_until IF EXISTS;
DROP INDEX member_signs_in IF EXISTS;
DROP INDEX invitation_key IF EXISTS;
DROP INDEX named_assists IF EXISTS;
DROP INDEX tie_by_odds IF EXISTS;
DROP INDEX tie_towards_odds IF EXISTS;
// Reasons of identities and names of audiences changed their text: stale networks are derived anew at the next start.
MATCH (n:Network)
SET n.stale = true, n.day_is_pinned = coalesce(n.held, n.day_is_pinned),
  n.introducer_visibility =
    CASE n.reveal WHEN 'at_once' THEN 'immediate' WHEN 'on_agreement' THEN 'after_consent' ELSE n.introducer_visibility END,
  n.leaving_policy = CASE n.on_leave WHEN 'away' THEN 'remove' ELSE coalesce(n.on_leave, n.leaving_policy) END,
  n.created_for_others = coalesce(n.for_others, n.created_for_others),
  n.legal_basis = coalesce(n.basis, n.legal_basis),
  n.retention_months = coalesce(n.keeps, n.retention_months),
  n.erasure_key_id = coalesce(n.forgets, n.erasure_key_id)
REMOVE n.held, n.asked, n.busy_by, n.busy_until, n.reveal, n.on_leave, n.for_others, n.basis, n.keeps, n.forgets;
MATCH (m:Member)
SET m.confirmed_key = coalesce(m.key, m.confirmed_key), m.joined_at = coalesce(m.joined, m.joined_at),
  m.departed = coalesce(m.leaving, m.departed), m.sign_in_key = coalesce(m.signs_in, m.sign_in_key)
REMOVE m.asked, m.key, m.joined, m.leaving, m.signs_in;
MATCH (t:Token)
SET t.created_at = coalesce(t.at, t.created_at), t.expires_at = coalesce(t.expires, t.expires_at),
  t.last_used_at = coalesce(t.used, t.last_used_at)
REMOVE t.at, t.expires, t.used;
MATCH (i:Invitation)
SET i.confirmed_key = coalesce(i.key, i.confirmed_key), i.invited_by = coalesce(i.by, i.invited_by),
  i.created_at = coalesce(i.at, i.created_at), i.expires_at = coalesce(i.expires, i.expires_at),
  i.redeemed_by = coalesce(i.taken, i.redeemed_by)
REMOVE i.asked, i.key, i.by, i.at, i.expires, i.taken;
MATCH (s:Source)
SET s.sharing_level = coalesce(s.sharing, s.sharing_level), s.coverage_until = coalesce(s.seen_until, s.coverage_until),
  s.shares_third_party_ties = coalesce(s.others, s.shares_third_party_ties), s.parent = coalesce(s.of, s.parent),
  s.is_private_part = coalesce(s.kept, s.is_private_part), s.loaded_on = coalesce(s.loaded, s.loaded_on),
  s.status = CASE s.status WHEN 'folding' THEN 'merging' ELSE s.status END
REMOVE s.sharing, s.seen_until, s.others, s.of, s.kept, s.loaded;
MATCH (s:Source) WHERE s.parent IS NOT NULL
MATCH (s)-[r:NAMES|LISTS]->() WHERE r.base IS NOT NULL
CALL (r) { SET r.merge_key = r.base REMOVE r.base } IN TRANSACTIONS OF 10000 ROWS;
MATCH (s:Source) WHERE s.parent IS NOT NULL
MATCH ()-[e:INTERACTED {source: s.id}]->() WHERE e.base IS NOT NULL
CALL (e) { SET e.merge_key = e.base REMOVE e.base } IN TRANSACTIONS OF 10000 ROWS;
MATCH ()-[n:NAMES]->() WHERE n.self IS NOT NULL OR n.assists IS NOT NULL OR n.wrote_as IS NOT NULL
CALL (n) {
  SET n.is_owner = n.self, n.principal = n.assists, n.sender_names = n.wrote_as REMOVE n.self, n.assists, n.wrote_as
} IN TRANSACTIONS OF 10000 ROWS;
MATCH ()-[e:INTERACTED]->() WHERE e.asked IS NOT NULL OR e.until IS NOT NULL
CALL (e) { SET e.ask_seconds = e.asked, e.last_seconds = e.until REMOVE e.asked, e.until }
IN TRANSACTIONS OF 10000 ROWS;
MATCH ()-[o:OF]->() WHERE o.because IS NOT NULL
CALL (o) { SET o.reason = o.because REMOVE o.because } IN TRANSACTIONS OF 10000 ROWS;
MATCH ()-[p:PROBABLY]->()
CALL (p) { DELETE p } IN TRANSACTIONS OF 10000 ROWS;
MATCH (p:Person) WHERE p.shared IS NOT NULL
CALL (p) { SET p.is_shared_mailbox = p.shared REMOVE p.shared } IN TRANSACTIONS OF 10000 ROWS;
MATCH ()-[k:KNOWS]->() WHERE k.acts IS NOT NULL
CALL (k) {
  SET k.strength = k.acts, k.mutual_strength = k.reach, k.last_day = k.last, k.is_mutual = k.mutual,
    k.audience = CASE WHEN k.audience ENDS WITH ' aside'
      THEN substring(k.audience, 0, size(k.audience) - 6) + ' unroutable' ELSE k.audience END
  REMOVE k.acts, k.reach, k.last, k.mutual
} IN TRANSACTIONS OF 10000 ROWS;
MATCH (i:Identity) WHERE i.told_by IS NOT NULL OR i.told_on IS NOT NULL
CALL (i) { SET i.notified_by = i.told_by, i.notified_on = i.told_on REMOVE i.told_by, i.told_on }
IN TRANSACTIONS OF 10000 ROWS;
MATCH (j:Job)
SET j:UploadJob, j.owner_address = j.said, j.report = j.told, j.error = j.failed, j.created_at = j.at
REMOVE j:Job, j.said, j.told, j.failed, j.at, j.asked;
MATCH (m:Member)-[old:ASKED]->(j:UploadJob)
MERGE (m)-[new:REQUESTED]->(j)
SET new = properties(old)
DELETE old;
MATCH (d:Decision)
SET d:IdentityDecision, d.sequence = d.number, d.is_same_person = d.same, d.first_keys = d.one, d.second_keys = d.other,
  d.day = d.at
REMOVE d:Decision, d.number, d.same, d.one, d.other, d.at;
MATCH (c:Concealed)
SET c:HiddenContact, c.label = c.says, c.day = c.at
REMOVE c:Concealed, c.says, c.at;
MATCH (m:Member)-[old:CONCEALS]->(c:HiddenContact)
MERGE (m)-[new:HIDES]->(c)
SET new = properties(old)
DELETE old;
MATCH (x:NotARoute)
SET x:ExcludedIntroducer, x.label = x.says, x.excluded_by = x.by, x.is_self = x.own, x.is_objection = x.objected,
  x.day = x.at
REMOVE x:NotARoute, x.says, x.by, x.own, x.objected, x.at;
MATCH (by)-[old:PASSES_OVER]->(x:ExcludedIntroducer)
MERGE (by)-[new:EXCLUDES]->(x)
SET new = properties(old)
DELETE old;
MATCH (r:Reveal)
SET r:VisibilityRequest, r.consented = r.agreed, r.day = r.at
REMOVE r:Reveal, r.agreed, r.at;
MATCH (m)-[old:SEEKS]->(r:VisibilityRequest)
MERGE (m)-[new:SENT]->(r)
SET new = properties(old)
DELETE old;
MATCH (m)-[old:MAY_REVEAL]->(r:VisibilityRequest)
MERGE (m)-[new:RECEIVED]->(r)
SET new = properties(old)
DELETE old;
MATCH (f:Forgotten)
CALL (f) { SET f:ErasedIdentity, f.hash = f.mark REMOVE f:Forgotten, f.mark } IN TRANSACTIONS OF 10000 ROWS;
MATCH (a:Audit)
CALL (a) {
  SET a:AuditEntry, a.created_at = a.at, a.people = a.about,
    a.action = CASE a.act WHEN 'link' THEN 'subject_access' WHEN 'forgotten' THEN 'erasure' ELSE a.act END
  REMOVE a:Audit, a.at, a.about, a.act
} IN TRANSACTIONS OF 10000 ROWS;
MATCH (d:Done)
SET d:IdempotencyRecord, d.request_hash = d.asked, d.claim_id = d.holder, d.expires_at = d.until, d.response = d.result
REMOVE d:Done, d.asked, d.holder, d.until, d.result;
MATCH (l:Link)
SET l:ProofLink, l.encrypted_key = l.sealed, l.expires_at = l.until
REMOVE l:Link, l.sealed, l.until, l.asked;
MATCH (t:Turn) DELETE t;
MATCH (m:__Neo4jMigration) DETACH DELETE m;
