// Delete an exclusion that this member made or, with $is_manager, one that a departed member made.
//
// mode:    write
// params:  network, member, id, is_manager
// returns: undone
MATCH (n:Network {id: $network})
MATCH (x:ExcludedIntroducer {network: $network, id: $id})
WHERE x.excluded_by = $member OR $is_manager AND x.is_objection IS NULL AND NOT EXISTS {
  (n)-[:HAS]->(m:Member {network: $network, id: x.excluded_by}) WHERE m.role IS NOT NULL
}
SET n.version = coalesce(n.version, 0) + 1
DETACH DELETE x
RETURN count(*) AS undone
