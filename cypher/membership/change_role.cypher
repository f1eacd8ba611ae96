// Change a member's role and revoke the invitations they created in the old one. Returns no row if the network would be
// left without an owner. The first SET locks the network, so that two owners cannot step down at the same time.
//
// mode:    write
// params:  network, member, role
// returns: role
MATCH (n:Network {id: $network})
SET n.locked_at = timestamp()
WITH n
MATCH (n)-[:HAS]->(m:Member {network: $network, id: $member})
WHERE m.role = 'owner' AND ($role = 'owner' OR EXISTS { (n)-[:HAS]->(o:Member {role: 'owner'}) WHERE o <> m })
  OR m.role <> 'owner'
CALL (n, m) {
  MATCH (n)-[:INVITES]->(i:Invitation {invited_by: m.id})
  WHERE m.role <> $role
  SET i.expires_at = 0
}
FOREACH (_ IN CASE WHEN m.role <> $role THEN [1] ELSE [] END |
  SET n.version = coalesce(n.version, 0) + 1)
SET m.role = $role
RETURN m.role AS role
