// Create the private part of a shared source if it is missing. Ties are stale until rows are moved and ties derived.
//
// mode:    write
// params:  network, source, private_part
// returns: private_part
MATCH (n:Network {id: $network})
SET n.stale = true
WITH n
MATCH (m:Member)-[:OWNS]->(s:Source {network: $network, id: $source})
MERGE (k:Source {network: $network, id: $private_part})
ON CREATE SET k.is_private_part = true, k.parent = s.id, k.kind = s.kind, k.account = s.account, k.sharing_level = 'private',
  k.status = 'ready'
SET k.coverage_until = s.coverage_until
MERGE (m)-[:OWNS]->(k)
RETURN k.id AS private_part
