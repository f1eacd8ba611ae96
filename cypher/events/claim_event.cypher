// Claim the oldest due event of a network for $lease_ms. Returns no row if none is due, or if another worker claims it.
// An event whose worker ends without an outcome is due again after the lease.
// The first SET locks the node, so that of two concurrent workers one sees the claim of the other.
//
// mode:    write
// params:  network, lease_ms
// returns: id, kind, about, member, status, attempts
MATCH (e:Event {network: $network})
WHERE e.next_attempt_at <= timestamp()
WITH e
ORDER BY e.created_at, e.id
LIMIT 1
SET e.locked_at = timestamp()
WITH e
WHERE e.next_attempt_at <= timestamp()
SET e.attempts = e.attempts + 1, e.next_attempt_at = timestamp() + $lease_ms
RETURN e.id AS id, e.kind AS kind, e.about AS about, e.member AS member, e.status AS status,
  e.attempts AS attempts
