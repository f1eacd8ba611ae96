// The network of an invitation that has not expired, and the member who redeemed it. As with a token, the network is not
// known before.
//
// mode:    read
// params:  fingerprint
// returns: network, redeemed_by
MATCH (i:Invitation {fingerprint: $fingerprint})
WHERE i.expires_at > timestamp()
RETURN i.network AS network, i.redeemed_by AS redeemed_by
