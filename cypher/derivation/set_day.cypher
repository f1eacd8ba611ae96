// Set the day for which a network's ties are derived, and mark them as stale. A pinned day is not advanced automatically.
// Deletes audit entries and events older than 366 days.
//
// mode:    write
// params:  network, as_of, is_pinned
// returns: as_of
MATCH (n:Network {id: $network})
SET n.as_of = $as_of, n.day_is_pinned = $is_pinned, n.stale = true
SET n.version = coalesce(n.version, 0) + 1
WITH n
CALL (n) {
  MATCH (a:AuditEntry {network: $network})
  WHERE a.id < toString(timestamp() - 366 * 86400000)
  DELETE a
}
CALL (n) {
  MATCH (e:Event {network: $network})
  WHERE e.id IS NOT NULL AND e.created_at < timestamp() - 366 * 86400000
  DELETE e
}
RETURN n.as_of AS as_of
