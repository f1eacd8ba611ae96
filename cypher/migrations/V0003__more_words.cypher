// The words that came after the first.
CREATE (n:Network {id: '~', name: '~', asked: 0, stale: true})
CREATE (p:Person {network: '~', id: '~', digest: ''})
CREATE (p)-[:NAMES {key: '~~', base: ''}]->(p)
CREATE (p)-[:LISTS {key: '~~', base: ''}]->(p)
CREATE (p)-[:INTERACTED {key: '~~', base: ''}]->(p)
WITH n, p
DETACH DELETE n, p;
