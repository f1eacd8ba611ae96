// Somebody who proved an address wants no route to lead through or to them. Said again it changes nothing; no member takes
// it back.
//
// mode:    write
// params:  network, id, keys, at
// returns: id
MATCH (n:Network {id: $network})
MERGE (x:NotARoute {network: $network, id: $id})
ON CREATE SET x.says = '', x.keys = $keys, x.by = '', x.objected = true, x.at = $at
MERGE (n)-[:PASSES_OVER]->(x)
RETURN x.id AS id
