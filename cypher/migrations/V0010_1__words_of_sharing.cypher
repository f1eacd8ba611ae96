// Says the words of sharing once, as V0002 does of the rest.
CREATE (m:Member {network: '~', id: '~'})-[:HIDES]->(c:HiddenContact {network: '~', id: '~', label: '', keys: [''], names: [''], companies: [''], day: 0})
CREATE (s:Source {network: '~', id: '~', is_private_part: true, shares_third_party_ties: true})
WITH m, c, s
DETACH DELETE m, c, s;
