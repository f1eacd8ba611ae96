// Exclude a person who proved an address and objected: no route leads through or to them. Repeating it changes nothing,
// and no member can undo it.
//
// mode:    write
// params:  network, id, keys, day
// returns: id
MATCH (n:Network {id: $network})
MERGE (x:ExcludedIntroducer {network: $network, id: $id})
ON CREATE SET x.label = '', x.keys = $keys, x.excluded_by = '', x.is_objection = true, x.day = $day
MERGE (n)-[:EXCLUDES]->(x)
RETURN x.id AS id
