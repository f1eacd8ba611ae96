// The loads of a network that are under way, the oldest first: what an earlier process left is taken up again.
//
// mode:    read
// params:  network
// returns: member, id, name, said, at, status, told, failed
MATCH (:Network {id: $network})-[:HAS]->(m:Member)-[:ASKED]->(j:Job)
WHERE j.status IN ['receiving', 'waiting', 'running']
RETURN m.id AS member, j.id AS id, j.name AS name, j.said AS said, j.at AS at, j.status AS status, j.told AS told,
  j.failed AS failed
ORDER BY at, id
