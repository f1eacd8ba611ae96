// Let routes lead through somebody again, where this member said that none should, or, `managing` the network, where
// whoever said so has left.
//
// mode:    write
// params:  network, member, id, managing
// returns: undone
MATCH (x:NotARoute {network: $network, id: $id})
WHERE x.by = $member OR $managing AND x.objected IS NULL AND NOT EXISTS {
  (:Network {id: $network})-[:HAS]->(m:Member {network: $network, id: x.by}) WHERE m.role IS NOT NULL
}
DETACH DELETE x
RETURN count(*) AS undone
