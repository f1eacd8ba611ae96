// Give a member another role; whom they invited in the old one is invited no longer. No row where that would leave a
// network without an owner. Setting a property first takes the network's lock, so that two owners who step down at once
// do not both.
//
// mode:    write
// params:  network, member, role
// returns: role
MATCH (n:Network {id: $network})
SET n.asked = timestamp()
WITH n
MATCH (n)-[:HAS]->(m:Member {network: $network, id: $member})
WHERE m.role = 'owner' AND ($role = 'owner' OR EXISTS { (n)-[:HAS]->(o:Member {role: 'owner'}) WHERE o <> m })
  OR m.role <> 'owner'
CALL (n, m) {
  MATCH (n)-[:INVITES]->(i:Invitation {by: m.id})
  WHERE m.role <> $role
  SET i.expires = 0
}
SET m.role = $role
RETURN m.role AS role
