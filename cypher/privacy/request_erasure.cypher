// Record that the holder of a proved address requests its erasure. Identities with such a request are hidden, so people are
// stale after it. Idempotent responses may mention the person and are deleted. Repeating an open request changes nothing; a
// dismissed one begins again. The first SET locks the node, so of two concurrent callers one finds the request open.
//
// mode:    write
// params:  network, id, key, proved_at, delay_ms
// returns: is_new
MATCH (n:Network {id: $network})
MERGE (r:ErasureRequest {network: $network, id: $id})
SET r.key = $key
WITH n, r, coalesce(r.status, 'dismissed') = 'dismissed' AS is_new
FOREACH (_ IN CASE WHEN is_new THEN [1] ELSE [] END |
  REMOVE r.reason, r.decided_at, r.decided_by, r.decided_by_name
  SET r.status = 'pending', r.proved_at = $proved_at, r.requested_at = timestamp(), r.due_at = timestamp() + $delay_ms
  SET n.version = coalesce(n.version, 0) + 1
  SET n.stale = true
  CREATE (:AuditEntry {network: $network, id: toString(timestamp()) + left(randomUUID(), 8), created_at: timestamp(),
    member: '', action: 'erasure_requested', people: []})
  CREATE (:Event {network: $network, id: randomUUID(), kind: 'erasure_requested', about: r.id,
    created_at: timestamp(), next_attempt_at: timestamp(), attempts: 0}))
WITH n, is_new
CALL (n, is_new) {
  MATCH (d:IdempotencyRecord {network: n.id})
  WHERE is_new AND d.key IS NOT NULL AND d.response IS NOT NULL
  DELETE d
}
RETURN is_new
