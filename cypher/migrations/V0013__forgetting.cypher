// Whom networks forgot, as keyed hashes, and who asked about whom.
CREATE CONSTRAINT erased_identity_hash IF NOT EXISTS FOR (f:ErasedIdentity) REQUIRE (f.network, f.hash) IS UNIQUE;
CREATE CONSTRAINT audit_entry_id IF NOT EXISTS FOR (a:AuditEntry) REQUIRE (a.network, a.id) IS UNIQUE;
