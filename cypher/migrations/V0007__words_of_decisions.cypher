// Says the words of decisions once, as V0002 does of the rest.
CREATE (m:Member {network: '~', id: '~'})-[:DECIDED]->(d:IdentityDecision {network: '~', id: '~', sequence: 0, is_same_person: true, first_keys: [''], second_keys: [''], day: 0})
WITH m, d
DETACH DELETE m, d;
