// The received load jobs of all networks, oldest first, and whether a process claims to load each. A process that has not
// renewed its claim for $lease_ms has ended.
//
// mode:    read
// params:  lease_ms
// returns: network, member, is_claimed, id, name, owner_address, data_subject, list_kind, columns, created_at, status, report, error, result, receiver
MATCH (m:Member)-[:REQUESTED]->(j:LoadJob)
WHERE j.status IN ['waiting', 'running']
RETURN j.network AS network, m.id AS member,
  j.status = 'running' AND coalesce(j.claimed_at, 0) >= timestamp() - $lease_ms AS is_claimed,
  j.id AS id, j.name AS name, j.owner_address AS owner_address, j.data_subject AS data_subject, j.list_kind AS list_kind,
  j.columns AS columns, j.created_at AS created_at, j.status AS status, j.report AS report, j.error AS error,
  j.result AS result, j.receiver AS receiver
ORDER BY created_at, id
