// Says the words of decisions once, as V0002 does of the rest.
CREATE (m:Member {network: '~', id: '~'})-[:DECIDED]->(d:Decision {network: '~', id: '~', number: 0, same: true, one: [''], other: [''], at: 0})
WITH m, d
DETACH DELETE m, d;
