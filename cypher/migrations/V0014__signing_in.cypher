// Whom a provider of OpenID Connect names, and who is expected by an address: looked up before the network is known.
CREATE CONSTRAINT member_subject IF NOT EXISTS FOR (m:Member) REQUIRE (m.issuer, m.subject, m.network) IS UNIQUE;
CREATE INDEX member_sign_in_key IF NOT EXISTS FOR (m:Member) ON (m.sign_in_key);
CREATE INDEX invitation_confirmed_key IF NOT EXISTS FOR (i:Invitation) ON (i.confirmed_key);
