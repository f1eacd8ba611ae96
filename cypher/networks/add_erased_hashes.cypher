// Store hashes of identities that the network erased, and the id of the key they were made with.
//
// mode:    write
// params:  network, key_id, hashes
// returns: written
MATCH (n:Network {id: $network})
SET n.erasure_key_id = $key_id
WITH n
UNWIND $hashes AS hash
MERGE (e:ErasedIdentity {network: $network, hash: hash})
RETURN count(e) AS written
