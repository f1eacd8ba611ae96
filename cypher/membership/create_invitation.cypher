// Create an invitation for a role, valid for $lifetime_ms. $confirmed_key is the identity that the inviter confirms, null
// for none.
//
// mode:    write
// params:  network, member, fingerprint, role, confirmed_key, lifetime_ms
// returns: expires_at
MATCH (n:Network {id: $network})-[:HAS]->(m:Member {network: $network, id: $member})
MERGE (n)-[:INVITES]->(i:Invitation {network: $network, fingerprint: $fingerprint})
ON CREATE SET i.role = $role, i.confirmed_key = $confirmed_key, i.invited_by = m.id, i.created_at = timestamp(),
  i.expires_at = timestamp() + $lifetime_ms
RETURN i.expires_at AS expires_at
