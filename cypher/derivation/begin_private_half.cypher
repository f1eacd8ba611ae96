// The half of a shared source that its owner keeps. Ties are stale until what belongs there is there.
//
// mode:    write
// params:  network, source, kept
// returns: kept
MATCH (n:Network {id: $network})
SET n.stale = true
WITH n
MATCH (m:Member)-[:OWNS]->(s:Source {network: $network, id: $source})
MERGE (k:Source {network: $network, id: $kept})
ON CREATE SET k.kept = true, k.of = s.id, k.kind = s.kind, k.account = s.account, k.sharing = 'private', k.status = 'ready'
SET k.seen_until = s.seen_until
MERGE (m)-[:OWNS]->(k)
RETURN k.id AS kept
