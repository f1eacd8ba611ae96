// The network of an open invitation. As with a token, the network is not known before.
//
// mode:    read
// params:  fingerprint
// returns: network
MATCH (i:Invitation {fingerprint: $fingerprint})
WHERE i.redeemed_by IS NULL AND i.expires_at > timestamp()
RETURN i.network AS network
