// Invite somebody into a network, for a role and so many milliseconds. Kept by its fingerprint. $key is the identity that
// the member vouches for, null for none.
//
// mode:    write
// params:  network, member, invitation, role, key, lasts
// returns: expires
MATCH (n:Network {id: $network})-[:HAS]->(m:Member {network: $network, id: $member})
MERGE (n)-[:INVITES]->(i:Invitation {network: $network, fingerprint: $invitation})
ON CREATE SET i.role = $role, i.key = $key, i.by = m.id, i.at = timestamp(), i.expires = timestamp() + $lasts
RETURN i.expires AS expires
