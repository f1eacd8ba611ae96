// Keep what a member says of who is who, as the newest of all that is said. People are stale after it.
//
// mode:    write
// params:  network, member, id, same, one, other, at
// returns: number
MATCH (n:Network {id: $network})-[:HAS]->(m:Member {network: $network, id: $member})
SET n.stale = true
WITH m, COLLECT {
  MATCH (d:Decision {network: $network})
  WHERE d.id IS NOT NULL
  RETURN d.number
  ORDER BY d.number DESC
  LIMIT 1
} AS last
CREATE (m)-[:DECIDED]->(d:Decision {network: $network, id: $id})
SET d.number = coalesce(last[0], 0) + 1, d.same = $same, d.one = $one, d.other = $other, d.at = $at
RETURN d.number AS number
