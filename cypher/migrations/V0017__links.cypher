// Links by which somebody who never joined proves an address, each kept as its SHA-256 and found by it, as tokens are.
CREATE CONSTRAINT proof_link_fingerprint IF NOT EXISTS FOR (l:ProofLink) REQUIRE (l.network, l.fingerprint) IS UNIQUE;
CREATE INDEX proof_link_found IF NOT EXISTS FOR (l:ProofLink) ON (l.fingerprint);
CREATE INDEX proof_link_expires_at IF NOT EXISTS FOR (l:ProofLink) ON (l.network, l.expires_at);
