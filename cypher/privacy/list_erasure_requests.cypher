// The requests for erasure, oldest first, after a time and an id separated by a space. With $id only that request.
//
// mode:    read
// params:  network, id, after, limit
// returns: id, key, status, proved_at, requested_at, due_at, decided_at, decided_by, decided_by_name, reason
MATCH (r:ErasureRequest {network: $network})
WHERE r.id IS NOT NULL AND ($id IS NULL OR r.id = $id) AND toString(r.requested_at) + ' ' + r.id > $after
RETURN r.id AS id, r.key AS key, r.status AS status, r.proved_at AS proved_at, r.requested_at AS requested_at,
  r.due_at AS due_at, CASE WHEN r.decided_by IS NOT NULL THEN r.decided_at END AS decided_at,
  r.decided_by AS decided_by, r.decided_by_name AS decided_by_name, r.reason AS reason
ORDER BY toString(requested_at) + ' ' + id
LIMIT $limit
