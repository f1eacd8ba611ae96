// Says the words of sharing once, as V0002 does of the rest.
CREATE (m:Member {network: '~', id: '~'})-[:CONCEALS]->(c:Concealed {network: '~', id: '~', says: '', keys: [''], names: [''], companies: [''], at: 0})
CREATE (s:Source {network: '~', id: '~', kept: true, others: true})
WITH m, c, s
DETACH DELETE m, c, s;
