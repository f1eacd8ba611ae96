// The loads of a network that have not ended, the oldest first: taken up again when the service starts.
//
// mode:    read
// params:  network
// returns: member, id, name, said, at, status, told, failed
MATCH (:Network {id: $network})-[:HAS]->(m:Member)-[:ASKED]->(j:Job)
WHERE j.status IN ['waiting', 'running']
RETURN m.id AS member, j.id AS id, j.name AS name, j.said AS said, j.at AS at, j.status AS status, j.told AS told,
  j.failed AS failed
ORDER BY at, id
