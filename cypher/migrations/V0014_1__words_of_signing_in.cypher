// Those whom whoever invited them vouched for by an address can sign in by it.
MATCH (m:Member)
WHERE m.confirmed_key IS NOT NULL AND m.role IS NOT NULL
SET m.sign_in_key = m.confirmed_key;
// Says the words once, as V0002 does of the rest.
CREATE (m:Member {network: '~', id: '~', issuer: '~', subject: '~', sign_in_key: '~', locked_at: 0})
WITH m
DETACH DELETE m;
