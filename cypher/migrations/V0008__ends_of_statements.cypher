// The last day of each statement. What was said before lasted a year.
MATCH (s:Source {kind: 'statements'})
MATCH ()-[e:INTERACTED {source: s.id}]->()
SET e.ends = [day IN e.days | day + 364];
// Says the word once, as V0002 does of the rest.
CREATE (i:Identity {network: '~', key: '~'})-[:INTERACTED {key: '~', source: '~', ends: [0]}]->(i)
WITH i
DETACH DELETE i;
