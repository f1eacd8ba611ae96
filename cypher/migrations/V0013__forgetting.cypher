// Whom networks forgot, as keyed hashes.
CREATE CONSTRAINT forgotten_mark IF NOT EXISTS FOR (f:Forgotten) REQUIRE (f.network, f.mark) IS UNIQUE;
