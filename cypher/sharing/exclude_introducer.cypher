// Exclude somebody as introducer: on everybody's routes in the network, or on those of this member. Repeating it changes
// nothing. `is_self` marks members who exclude themselves; that exclusion stays when the member leaves.
//
// mode:    write
// params:  network, member, id, keys, is_self, for_everybody, day
// returns: id
MATCH (n:Network {id: $network})-[:HAS]->(m:Member {network: $network, id: $member})
WITH n, CASE WHEN $for_everybody THEN n ELSE m END AS holder
MERGE (x:ExcludedIntroducer {network: $network, id: $id})
ON CREATE SET x.is_new = true, x.keys = $keys, x.excluded_by = $member,
  x.is_self = CASE WHEN $is_self THEN true END, x.day = $day
MERGE (holder)-[:EXCLUDES]->(x)
FOREACH (_ IN CASE WHEN x.is_new THEN [1] ELSE [] END |
  REMOVE x.is_new
  SET n.version = coalesce(n.version, 0) + 1)
RETURN x.id AS id
