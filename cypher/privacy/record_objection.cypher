// Exclude a person who proved an address and objected: no route leads through or to them. Repeating it changes nothing,
// and no member can undo it.
//
// mode:    write
// params:  network, id, keys, day
// returns: id
MATCH (n:Network {id: $network})
MERGE (x:ExcludedIntroducer {network: $network, id: $id})
ON CREATE SET x.is_new = true, x.label = '', x.keys = $keys, x.excluded_by = '', x.is_objection = true, x.day = $day
MERGE (n)-[:EXCLUDES]->(x)
FOREACH (_ IN CASE WHEN x.is_new THEN [1] ELSE [] END |
  REMOVE x.is_new
  SET n.version = coalesce(n.version, 0) + 1
  CREATE (:Event {network: $network, id: randomUUID(), kind: 'objection_recorded', about: x.id,
    created_at: timestamp(), next_attempt_at: timestamp(), attempts: 0}))
RETURN x.id AS id
