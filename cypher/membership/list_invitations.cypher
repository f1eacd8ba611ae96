// The open invitations of a network, oldest first.
//
// mode:    read
// params:  network
// returns: fingerprint, role, confirmed_key, invited_by, created_at, expires_at
MATCH (n:Network {id: $network})-[:INVITES]->(i:Invitation)
WHERE i.redeemed_by IS NULL AND i.expires_at > timestamp()
RETURN i.fingerprint AS fingerprint, i.role AS role, i.confirmed_key AS confirmed_key, i.invited_by AS invited_by,
  i.created_at AS created_at, i.expires_at AS expires_at
ORDER BY created_at, fingerprint
