// Changes that are made once under a key.
CREATE CONSTRAINT done_key IF NOT EXISTS FOR (d:Done) REQUIRE (d.network, d.key) IS UNIQUE;
CREATE INDEX done_until IF NOT EXISTS FOR (d:Done) ON (d.network, d.until);
