// Mark the ties as derived from all rows that count. Of the members who left, only the owners of rows that the network
// keeps remain, without name, address and identity.
//
// mode:    write
// params:  network, departed
// returns: as_of
MATCH (n:Network {id: $network})
FOREACH (_ IN CASE WHEN n.stale OR size($departed) > 0 THEN [1] ELSE [] END |
  SET n.version = coalesce(n.version, 0) + 1)
REMOVE n.stale
WITH n
CALL (n) {
  MATCH (n)-[:HAS]->(m:Member)
  WHERE m.id IN $departed AND m.role IS NULL
  REMOVE m.departed, m.name, m.email, m.confirmed_keys
  WITH m WHERE NOT (m)-[:OWNS]->()
  DETACH DELETE m
}
RETURN n.as_of AS as_of
