// Into which network an invitation leads, while it can be taken: as with a token, that is still to be learnt from it.
//
// mode:    read
// params:  invitation
// returns: network
MATCH (i:Invitation {fingerprint: $invitation})
WHERE i.taken IS NULL AND i.expires > timestamp()
RETURN i.network AS network
