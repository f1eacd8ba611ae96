// The load jobs of a network that have not ended, oldest first. A new process resumes what an earlier one left.
//
// mode:    read
// params:  network
// returns: member, id, name, owner_address, held_about, list_kind, created_at, status, report, error
MATCH (:Network {id: $network})-[:HAS]->(m:Member)-[:REQUESTED]->(j:LoadJob)
WHERE j.status IN ['receiving', 'waiting', 'running']
RETURN m.id AS member, j.id AS id, j.name AS name, j.owner_address AS owner_address, j.held_about AS held_about,
  j.list_kind AS list_kind, j.created_at AS created_at,
  j.status AS status, j.report AS report, j.error AS error
ORDER BY created_at, id
