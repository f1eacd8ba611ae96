// Whom a member lets no route lead through, newest first; and, `managing` the network, whom those did who have left.
//
// mode:    read
// params:  network, member, managing
// returns: id, says, keys, at, everybody
MATCH (n:Network {id: $network})
CALL (n) {
  MATCH (n)-[:PASSES_OVER]->(x:NotARoute)
  WHERE x.by = $member OR $managing AND x.objected IS NULL AND NOT EXISTS {
    (n)-[:HAS]->(m:Member {network: $network, id: x.by}) WHERE m.role IS NOT NULL
  }
  RETURN x, true AS everybody
UNION ALL
  MATCH (n)-[:HAS]->(:Member {network: $network, id: $member})-[:PASSES_OVER]->(x:NotARoute)
  RETURN x, false AS everybody
}
RETURN x.id AS id, x.says AS says, x.keys AS keys, x.at AS at, everybody
ORDER BY at DESC, says, id
