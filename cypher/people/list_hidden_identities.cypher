// The identities with an open request for erasure: they belong to no person until it is decided. An address that is
// confirmed for a current member is not hidden.
//
// mode:    read
// params:  network
// returns: key
MATCH (r:ErasureRequest {network: $network})
WHERE r.key IS NOT NULL AND r.status <> 'dismissed' AND NOT EXISTS {
  MATCH (:Network {id: $network})-[:HAS]->(m:Member)
  WHERE m.role IS NOT NULL AND r.key IN m.confirmed_keys
}
RETURN r.key AS key
ORDER BY key
