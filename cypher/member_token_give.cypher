// Keep the fingerprint of a member's token in place of the one before, which lets nobody in any more.
//
// mode:    write
// params:  network, member, token
// returns: member
MATCH (m:Member {network: $network, id: $member})
SET m.token = $token
RETURN m.id AS member
