// Says the word of names that an address wrote under once, as V0002 does of the rest.
CREATE (s:Source {network: '~', id: '~'})-[:NAMES {key: '~', network: '~', wrote_as: ['']}]->(i:Identity {network: '~', key: '~'})
WITH s, i
DETACH DELETE s, i;
