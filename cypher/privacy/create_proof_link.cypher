// Create a link with which somebody can prove an address to these networks. Deletes expired links first.
//
// mode:    write
// params:  networks, fingerprint, encrypted_key, lifetime_ms
// returns: created
UNWIND $networks AS network
MATCH (n:Network {id: network})
CALL (n) {
  MATCH (expired:ProofLink {network: n.id})
  WHERE expired.expires_at < timestamp()
  DELETE expired
}
CREATE (:ProofLink {
  network: n.id, fingerprint: $fingerprint, encrypted_key: $encrypted_key, expires_at: timestamp() + $lifetime_ms
})
RETURN count(*) AS created
