// The requests for erasure whose period is over, or which an owner confirmed. `is_member`: the address is confirmed for a
// current member by now.
//
// mode:    read
// params:  network
// returns: id, key, is_member
MATCH (r:ErasureRequest {network: $network})
WHERE r.id IS NOT NULL AND r.status IN ['pending', 'confirmed'] AND r.due_at <= timestamp()
RETURN r.id AS id, r.key AS key, EXISTS {
  MATCH (:Network {id: $network})-[:HAS]->(m:Member)
  WHERE m.role IS NOT NULL AND r.key IN m.confirmed_keys
} AS is_member
ORDER BY r.due_at, id
