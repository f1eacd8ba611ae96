// Says the words of team routes once, as V0002 does of the rest.
CREATE (n:Network {id: '~', name: '~', reveal: ''})-[:PASSES_OVER]->(x:NotARoute {network: '~', id: '~', says: '', keys: [''], by: '', own: true, at: 0})
CREATE (m:Member {network: '~', id: '~'})-[:SEEKS]->(r:Reveal {network: '~', id: '~', asker: '', colleague: '', target: '', at: 0, agreed: true})
CREATE (m)-[:MAY_REVEAL]->(r)
WITH n, x, m, r
DETACH DELETE n, x, m, r;
