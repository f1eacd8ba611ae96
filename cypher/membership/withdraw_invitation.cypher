// Withdraw an invitation.
//
// mode:    write
// params:  network, fingerprint
// returns: withdrawn
MATCH (i:Invitation {network: $network, fingerprint: $fingerprint})
SET i.expires_at = timestamp()
RETURN true AS withdrawn
