// Let no route lead through somebody: nobody's in the network, or none of the member who says so. Said again it changes
// nothing. `own`: they say it of themself, which stands when they have left.
//
// mode:    write
// params:  network, member, id, says, keys, own, everybody, at
// returns: id
MATCH (n:Network {id: $network})-[:HAS]->(m:Member {network: $network, id: $member})
WITH CASE WHEN $everybody THEN n ELSE m END AS whose
MERGE (x:NotARoute {network: $network, id: $id})
ON CREATE SET x.says = $says, x.keys = $keys, x.by = $member, x.own = CASE WHEN $own THEN true END, x.at = $at
MERGE (whose)-[:PASSES_OVER]->(x)
RETURN x.id AS id
