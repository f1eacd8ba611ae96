// Says the words of jobs once, as V0002 does of the rest.
CREATE (:Job {network: '~', id: '~', name: '', said: '', at: 0, status: '', told: [''], failed: ''})<-[:ASKED]-(m:Member {network: '~', id: '~'})
WITH m
MATCH (m)-[:ASKED]->(j:Job)
DETACH DELETE m, j;
