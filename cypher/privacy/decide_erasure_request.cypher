// Let an owner decide on a request for erasure: dispute it, confirm it, or dismiss a disputed one. A confirmed request is due
// at once. After a dismissal people are stale, because the identity is no longer hidden. Repeating a decision changes
// nothing. Returns no row without such a request.
//
// mode:    write
// params:  network, id, member, name_of_unnamed, status, decidable, reason
// returns: status, is_new
MATCH (n:Network {id: $network})
MATCH (r:ErasureRequest {network: $network, id: $id})
SET r.decided_at = coalesce(r.decided_at, timestamp())
WITH n, r, r.status IN $decidable AS is_new, COLLECT {
  MATCH (m:Member {network: $network, id: $member}) RETURN coalesce(m.name, $name_of_unnamed)
}[0] AS name
FOREACH (_ IN CASE WHEN is_new THEN [1] ELSE [] END |
  SET r.status = $status, r.reason = $reason, r.decided_at = timestamp(), r.decided_by = $member,
    r.decided_by_name = name, r.due_at = CASE WHEN $status = 'confirmed' THEN timestamp() ELSE r.due_at END
  SET n.version = coalesce(n.version, 0) + 1
  SET n.stale = CASE WHEN $status = 'dismissed' THEN true ELSE n.stale END
  CREATE (:AuditEntry {network: $network, id: toString(timestamp()) + left(randomUUID(), 8), created_at: timestamp(),
    member: $member, member_name: name, action: 'erasure_' + $status, people: []})
  CREATE (:Event {network: $network, id: randomUUID(), kind: 'erasure_decided', about: r.id,
    created_at: timestamp(), next_attempt_at: timestamp(), attempts: 0}))
RETURN r.status AS status, is_new
