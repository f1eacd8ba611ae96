// The load jobs of a network that have not ended, oldest first. A new process resumes what an earlier one left. A job
// that expects its upload is listed for $expected_ms.
//
// mode:    read
// params:  network, expected_ms
// returns: member, id, name, owner_address, data_subject, list_kind, columns, created_at, status, report, error, result, receiver
MATCH (:Network {id: $network})-[:HAS]->(m:Member)-[:REQUESTED]->(j:LoadJob)
WHERE j.status IN ['receiving', 'waiting', 'running']
  OR (j.status = 'expected' AND j.created_at > timestamp() - $expected_ms)
RETURN m.id AS member, j.id AS id, j.name AS name, j.owner_address AS owner_address, j.data_subject AS data_subject,
  j.list_kind AS list_kind, j.columns AS columns, j.created_at AS created_at,
  j.status AS status, j.report AS report, j.error AS error, j.result AS result,
  j.receiver AS receiver
ORDER BY created_at, id
