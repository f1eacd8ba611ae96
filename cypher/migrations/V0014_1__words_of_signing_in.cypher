// Those whom whoever invited them vouched for by an address can sign in by it.
MATCH (m:Member)
WHERE m.key IS NOT NULL AND m.role IS NOT NULL
SET m.signs_in = m.key;
// Says the words once, as V0002 does of the rest.
CREATE (m:Member {network: '~', id: '~', issuer: '~', subject: '~', signs_in: '~', asked: 0})
WITH m
DETACH DELETE m;
