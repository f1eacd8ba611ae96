// What must be unique in a network, and every look-up that a request makes.
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
CREATE FULLTEXT INDEX person_names IF NOT EXISTS FOR (p:Person) ON EACH [p.network, p.names, p.latin]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}};
CREATE FULLTEXT INDEX company_keys IF NOT EXISTS FOR (c:Company) ON EACH [c.network, c.key]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}};
