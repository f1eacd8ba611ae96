// The hashes of identities that the network erased, and the id of the key they were made with.
//
// mode:    read
// params:  network
// returns: key_id, hashes
MATCH (n:Network {id: $network})
RETURN n.erasure_key_id AS key_id,
  COLLECT { MATCH (e:ErasedIdentity {network: $network}) WHERE e.hash IS NOT NULL RETURN e.hash } AS hashes
