// The load jobs of a member, newest first; with $id that job only.
//
// mode:    read
// params:  network, member, id, limit
// returns: id, name, owner_address, data_subject, list_kind, columns, created_at, status, report, error, result
MATCH (:Member {network: $network, id: $member})-[:REQUESTED]->(j:LoadJob)
WHERE $id IS NULL OR j.id = $id
RETURN j.id AS id, j.name AS name, j.owner_address AS owner_address, j.data_subject AS data_subject,
  j.list_kind AS list_kind, j.columns AS columns, j.created_at AS created_at, j.status AS status,
  j.report AS report, j.error AS error, j.result AS result
ORDER BY created_at DESC, id
LIMIT $limit
