// Delete a redeemed proof.
//
// mode:    write
// params:  networks, fingerprint
// returns: deleted
UNWIND $networks AS network
MATCH (l:ProofLink {network: network, fingerprint: $fingerprint})
DELETE l
RETURN count(*) AS deleted
