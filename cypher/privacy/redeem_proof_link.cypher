// Redeem a proof link, once: from now on it is found by the fingerprint of the proof, until the proof expires. The first
// SET locks the node, so that of two concurrent callers one returns no row.
//
// mode:    write
// params:  networks, fingerprint, proof_fingerprint, encrypted_key, lifetime_ms
// returns: network
UNWIND $networks AS network
MATCH (l:ProofLink {network: network, fingerprint: $fingerprint})
SET l.locked_at = timestamp()
WITH l
WHERE l.fingerprint = $fingerprint AND l.expires_at > timestamp()
SET l.fingerprint = $proof_fingerprint, l.encrypted_key = $encrypted_key, l.expires_at = timestamp() + $lifetime_ms
RETURN l.network AS network
