// The received load jobs of all networks that no process is loading, oldest first. A process that has not renewed its
// claim for $lease_ms has ended. The jobs of a network are left out while one of them is being loaded.
//
// mode:    read
// params:  lease_ms
// returns: network, member, id, name, owner_address, held_about, list_kind, columns, created_at, status, report, error, result, receiver
MATCH (j:LoadJob)
WHERE j.status IN ['waiting', 'running']
WITH j.network AS network, collect(j) AS jobs
WHERE none(j IN jobs WHERE j.status = 'running' AND coalesce(j.claimed_at, 0) >= timestamp() - $lease_ms)
UNWIND jobs AS j
MATCH (m:Member)-[:REQUESTED]->(j)
RETURN network, m.id AS member, j.id AS id, j.name AS name, j.owner_address AS owner_address,
  j.held_about AS held_about, j.list_kind AS list_kind, j.columns AS columns, j.created_at AS created_at,
  j.status AS status, j.report AS report, j.error AS error, j.result AS result, j.receiver AS receiver
ORDER BY created_at, id
