// Says the words of jobs once, as V0002 does of the rest.
CREATE (:UploadJob {network: '~', id: '~', name: '', owner_address: '', created_at: 0, locked_at: 0, status: '', report: [''], error: ''})<-[:REQUESTED]-(m:Member {network: '~', id: '~'})
WITH m
MATCH (m)-[:REQUESTED]->(j:UploadJob)
DETACH DELETE m, j;
