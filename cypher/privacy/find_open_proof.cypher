// The networks in which a proof link, or the proof that it was redeemed for, is valid. As with a token, the networks are
// not known before.
//
// mode:    read
// params:  fingerprint
// returns: network, encrypted_key, expires_at
MATCH (l:ProofLink {fingerprint: $fingerprint})
WHERE l.expires_at > timestamp()
RETURN l.network AS network, l.encrypted_key AS encrypted_key, l.expires_at AS expires_at
ORDER BY network
