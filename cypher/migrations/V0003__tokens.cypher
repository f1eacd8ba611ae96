// The tokens that stand for a member, each kept as its SHA-256 and found by it: no two are alike.
CREATE CONSTRAINT token_fingerprint IF NOT EXISTS FOR (t:Token) REQUIRE t.fingerprint IS UNIQUE;
