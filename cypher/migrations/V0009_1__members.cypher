// Invitations, each kept as its SHA-256 and found by it, as tokens are.
CREATE CONSTRAINT invitation_fingerprint IF NOT EXISTS FOR (i:Invitation) REQUIRE i.fingerprint IS UNIQUE;
