// Whom a provider of OpenID Connect names, and who is expected by an address: looked up before the network is known.
CREATE CONSTRAINT member_subject IF NOT EXISTS FOR (m:Member) REQUIRE (m.issuer, m.subject, m.network) IS UNIQUE;
CREATE INDEX member_signs_in IF NOT EXISTS FOR (m:Member) ON (m.signs_in);
CREATE INDEX invitation_key IF NOT EXISTS FOR (i:Invitation) ON (i.key);
