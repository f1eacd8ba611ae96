// Delete an exclusion that this member made or, with $is_manager, one that a departed member made.
//
// mode:    write
// params:  network, member, id, is_manager
// returns: undone
MATCH (x:ExcludedIntroducer {network: $network, id: $id})
WHERE x.excluded_by = $member OR $is_manager AND x.is_objection IS NULL AND NOT EXISTS {
  (:Network {id: $network})-[:HAS]->(m:Member {network: $network, id: x.excluded_by}) WHERE m.role IS NOT NULL
}
DETACH DELETE x
RETURN count(*) AS undone
