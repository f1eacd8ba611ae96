// A member's token, kept as its SHA-256 and found by it: a constraint makes the word known, the index, and no two alike.
CREATE CONSTRAINT member_token IF NOT EXISTS FOR (m:Member) REQUIRE m.token IS UNIQUE;
