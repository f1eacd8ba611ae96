// The schema of a new store: uniqueness constraints, and an index for every look-up of a request.
CREATE CONSTRAINT network_id IF NOT EXISTS FOR (n:Network) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT network_name IF NOT EXISTS FOR (n:Network) REQUIRE n.name IS UNIQUE;
CREATE CONSTRAINT member_id IF NOT EXISTS FOR (m:Member) REQUIRE (m.network, m.id) IS UNIQUE;
CREATE CONSTRAINT source_id IF NOT EXISTS FOR (s:Source) REQUIRE (s.network, s.id) IS UNIQUE;
CREATE CONSTRAINT identity_key IF NOT EXISTS FOR (i:Identity) REQUIRE (i.network, i.key) IS UNIQUE;
CREATE CONSTRAINT person_id IF NOT EXISTS FOR (p:Person) REQUIRE (p.network, p.id) IS UNIQUE;
CREATE CONSTRAINT company_key IF NOT EXISTS FOR (c:Company) REQUIRE (c.network, c.key) IS UNIQUE;
CREATE CONSTRAINT evidence_key IF NOT EXISTS FOR ()-[e:INTERACTED]-() REQUIRE e.key IS UNIQUE;
CREATE CONSTRAINT named_key IF NOT EXISTS FOR ()-[n:NAMES]-() REQUIRE n.key IS UNIQUE;
CREATE CONSTRAINT listed_key IF NOT EXISTS FOR ()-[l:LISTS]-() REQUIRE l.key IS UNIQUE;
CREATE INDEX evidence_source IF NOT EXISTS FOR ()-[e:INTERACTED]-() ON (e.source);
CREATE INDEX named_folded IF NOT EXISTS FOR ()-[n:NAMES]-() ON (n.network, n.folded);
CREATE INDEX named_principal IF NOT EXISTS FOR ()-[n:NAMES]-() ON (n.network, n.principal);
CREATE INDEX identity_domain IF NOT EXISTS FOR (i:Identity) ON (i.network, i.domain);
CREATE FULLTEXT INDEX person_names IF NOT EXISTS FOR (p:Person) ON EACH [p.network, p.names, p.latin]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}};
CREATE FULLTEXT INDEX company_keys IF NOT EXISTS FOR (c:Company) ON EACH [c.network, c.key]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}};
// The ties of one person by audience and strength: the search for routes reads only ties that can matter
// (docs/decisions/0004-routes.md).
CREATE INDEX tie_by_strength IF NOT EXISTS FOR ()-[k:KNOWS]-() ON (k.by, k.audience, k.strength);
CREATE INDEX tie_towards_strength IF NOT EXISTS FOR ()-[k:KNOWS]-() ON (k.towards, k.audience, k.strength);
// Tokens, invitations and proof links are stored as the SHA-256 of their secret and are found by it.
CREATE CONSTRAINT token_fingerprint IF NOT EXISTS FOR (t:Token) REQUIRE t.fingerprint IS UNIQUE;
CREATE CONSTRAINT invitation_fingerprint IF NOT EXISTS FOR (i:Invitation) REQUIRE i.fingerprint IS UNIQUE;
CREATE CONSTRAINT proof_link_fingerprint IF NOT EXISTS FOR (l:ProofLink) REQUIRE (l.network, l.fingerprint) IS UNIQUE;
CREATE INDEX proof_link_found IF NOT EXISTS FOR (l:ProofLink) ON (l.fingerprint);
CREATE INDEX proof_link_expires_at IF NOT EXISTS FOR (l:ProofLink) ON (l.network, l.expires_at);
// Sign-in looks members and invitations up before the network is known.
CREATE CONSTRAINT member_subject IF NOT EXISTS FOR (m:Member) REQUIRE (m.issuer, m.subject, m.network) IS UNIQUE;
CREATE INDEX member_sign_in_key IF NOT EXISTS FOR (m:Member) ON (m.sign_in_key);
CREATE INDEX invitation_confirmed_key IF NOT EXISTS FOR (i:Invitation) ON (i.confirmed_key);
CREATE CONSTRAINT upload_job_id IF NOT EXISTS FOR (j:UploadJob) REQUIRE (j.network, j.id) IS UNIQUE;
CREATE CONSTRAINT identity_decision_id IF NOT EXISTS FOR (d:IdentityDecision) REQUIRE (d.network, d.id) IS UNIQUE;
CREATE CONSTRAINT hidden_contact_id IF NOT EXISTS FOR (c:HiddenContact) REQUIRE (c.network, c.id) IS UNIQUE;
CREATE CONSTRAINT excluded_introducer_id IF NOT EXISTS
FOR (x:ExcludedIntroducer) REQUIRE (x.network, x.id) IS UNIQUE;
CREATE CONSTRAINT visibility_request_id IF NOT EXISTS FOR (r:VisibilityRequest) REQUIRE (r.network, r.id) IS UNIQUE;
CREATE CONSTRAINT erased_identity_hash IF NOT EXISTS FOR (f:ErasedIdentity) REQUIRE (f.network, f.hash) IS UNIQUE;
CREATE CONSTRAINT audit_entry_id IF NOT EXISTS FOR (a:AuditEntry) REQUIRE (a.network, a.id) IS UNIQUE;
CREATE CONSTRAINT idempotency_record_key IF NOT EXISTS FOR (d:IdempotencyRecord) REQUIRE (d.network, d.key) IS UNIQUE;
CREATE INDEX idempotency_record_expires_at IF NOT EXISTS FOR (d:IdempotencyRecord) ON (d.network, d.expires_at);
