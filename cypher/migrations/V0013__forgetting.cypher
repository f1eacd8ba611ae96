// Whom networks forgot, as keyed hashes, and who asked about whom.
CREATE CONSTRAINT forgotten_mark IF NOT EXISTS FOR (f:Forgotten) REQUIRE (f.network, f.mark) IS UNIQUE;
CREATE CONSTRAINT audit_id IF NOT EXISTS FOR (a:Audit) REQUIRE (a.network, a.id) IS UNIQUE;
