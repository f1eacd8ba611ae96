// Invite somebody into a network, for a role and so many milliseconds. Kept by its fingerprint.
//
// mode:    write
// params:  network, member, invitation, role, lasts
// returns: expires
MATCH (n:Network {id: $network})-[:HAS]->(m:Member {network: $network, id: $member})
MERGE (n)-[:INVITES]->(i:Invitation {network: $network, fingerprint: $invitation})
ON CREATE SET i.role = $role, i.by = m.id, i.at = timestamp(), i.expires = timestamp() + $lasts
RETURN i.expires AS expires
