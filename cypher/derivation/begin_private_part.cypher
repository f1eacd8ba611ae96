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
ON CREATE SET k.kept = true, k.of = s.id, k.kind = s.kind, k.account = s.account, k.sharing = 'private', k.status = 'ready'
SET k.seen_until = s.seen_until
MERGE (m)-[:OWNS]->(k)
RETURN k.id AS private_part
