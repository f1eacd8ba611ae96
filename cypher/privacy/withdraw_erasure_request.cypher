// Delete a request for erasure that its author withdrew, or whose address belongs to a member by now. People are stale
// after it, because the identity is no longer hidden. A request that an owner confirmed stays. The first SET locks the
// network, so that a concurrent confirmation is seen.
//
// mode:    write
// params:  network, id
// returns: withdrawn
MATCH (n:Network {id: $network})
SET n.locked_at = timestamp()
WITH n
MATCH (r:ErasureRequest {network: $network, id: $id})
WHERE r.status IN ['pending', 'disputed']
SET n.version = coalesce(n.version, 0) + 1
SET n.stale = true
CREATE (:AuditEntry {network: $network, id: toString(timestamp()) + left(randomUUID(), 8), created_at: timestamp(),
  member: '', action: 'erasure_withdrawn', people: []})
WITH r
CALL (r) {
  MATCH (e:Event {network: $network, about: r.id})
  DELETE e
}
DELETE r
RETURN count(*) AS withdrawn
