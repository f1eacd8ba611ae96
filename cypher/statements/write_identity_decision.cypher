// Store a member's decision that identities are one person, or are not, as the newest of all decisions. People are stale
// after it.
//
// mode:    write
// params:  network, member, id, is_same_person, first_keys, second_keys, day
// returns: sequence
MATCH (n:Network {id: $network})-[:HAS]->(m:Member {network: $network, id: $member})
SET n.stale = true
SET n.version = coalesce(n.version, 0) + 1
WITH m, COLLECT {
  MATCH (d:IdentityDecision {network: $network})
  WHERE d.id IS NOT NULL
  RETURN d.sequence
  ORDER BY d.sequence DESC
  LIMIT 1
} AS newest
CREATE (m)-[:DECIDED]->(d:IdentityDecision {network: $network, id: $id})
SET d.sequence = coalesce(newest[0], 0) + 1, d.is_same_person = $is_same_person, d.first_keys = $first_keys,
  d.second_keys = $second_keys, d.day = $day
RETURN d.sequence AS sequence
