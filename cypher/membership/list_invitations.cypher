// The invitations of a network that can still be taken, oldest first.
//
// mode:    read
// params:  network
// returns: fingerprint, role, key, by, at, expires
MATCH (n:Network {id: $network})-[:INVITES]->(i:Invitation)
WHERE i.taken IS NULL AND i.expires > timestamp()
RETURN i.fingerprint AS fingerprint, i.role AS role, i.key AS key, i.by AS by, i.at AS at, i.expires AS expires
ORDER BY at, fingerprint
