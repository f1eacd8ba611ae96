// Links by which somebody who never joined proves an address, each kept as its SHA-256 and found by it, as tokens are.
CREATE CONSTRAINT link_fingerprint IF NOT EXISTS FOR (l:Link) REQUIRE (l.network, l.fingerprint) IS UNIQUE;
CREATE INDEX link_found IF NOT EXISTS FOR (l:Link) ON (l.fingerprint);
CREATE INDEX link_until IF NOT EXISTS FOR (l:Link) ON (l.network, l.until);
