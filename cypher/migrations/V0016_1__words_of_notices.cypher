// Says the words once, as V0002 does of the rest.
CREATE (n:Network {id: '~', name: '~', obtained: 0})
CREATE (s:Source {network: '~', id: '~'})-[:NAMES {key: '~', network: '~', obtained: 0}]->(i:Identity {network: '~', key: '~', notified_by: [''], notified_on: [0]})
WITH n, s, i
DETACH DELETE n, s, i;
