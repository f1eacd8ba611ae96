// The introducers whom a member excluded, newest first. With $is_manager also those whom departed members excluded for
// everybody.
//
// mode:    read
// params:  network, member, is_manager
// returns: id, keys, day, for_everybody
MATCH (n:Network {id: $network})
CALL (n) {
  MATCH (n)-[:EXCLUDES]->(x:ExcludedIntroducer)
  WHERE x.excluded_by = $member OR $is_manager AND x.is_objection IS NULL AND NOT EXISTS {
    (n)-[:HAS]->(m:Member {network: $network, id: x.excluded_by}) WHERE m.role IS NOT NULL
  }
  RETURN x, true AS for_everybody
UNION ALL
  MATCH (n)-[:HAS]->(:Member {network: $network, id: $member})-[:EXCLUDES]->(x:ExcludedIntroducer)
  RETURN x, false AS for_everybody
}
RETURN x.id AS id, x.keys AS keys, x.day AS day, for_everybody
ORDER BY day DESC, id
