// From here on somebody is no member: none of their tokens opens anything, what they decided, asked to be loaded and
// whom they invited is gone, as is whom they passed over but themself, and what they brought counts nowhere (network_state), but for what the network keeps. Their
// node goes when the ties are derived without them (network_settled). No row where they are the last owner; the lock is
// as in member_role.
//
// mode:    write
// params:  network, member
// returns: member
MATCH (n:Network {id: $network})
SET n.asked = timestamp()
WITH n
MATCH (n)-[:HAS]->(m:Member {network: $network, id: $member})
WHERE m.role <> 'owner' OR EXISTS { (n)-[:HAS]->(o:Member {role: 'owner'}) WHERE o <> m }
REMOVE m.role, m.issuer, m.subject, m.signs_in
SET m.leaving = true
WITH n, m
CALL (m) {
  MATCH (m)-[:HOLDS|DECIDED|ASKED|PASSES_OVER|SEEKS|MAY_REVEAL]->(theirs)
  DETACH DELETE theirs
}
CALL (n, m) {
  MATCH (n)-[:INVITES]->(i:Invitation {by: m.id})
  SET i.expires = 0
}
CALL (n, m) {
  MATCH (n)-[:PASSES_OVER]->(x:NotARoute {by: m.id})
  WHERE x.own IS NULL
  DETACH DELETE x
}
RETURN m.id AS member
