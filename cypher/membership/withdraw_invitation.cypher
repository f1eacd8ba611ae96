// An invitation can be taken no longer.
//
// mode:    write
// params:  network, invitation
// returns: withdrawn
MATCH (i:Invitation {network: $network, fingerprint: $invitation})
SET i.expires = timestamp()
RETURN true AS withdrawn
