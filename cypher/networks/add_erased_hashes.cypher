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
ON CREATE SET e.is_new = true
WITH collect(e) AS erased
FOREACH (_ IN CASE WHEN any(e IN erased WHERE e.is_new) THEN [1] ELSE [] END |
  CREATE (:Event {network: $network, id: randomUUID(), kind: 'person_erased',
    created_at: timestamp(), next_attempt_at: timestamp(), attempts: 0}))
FOREACH (e IN erased | REMOVE e.is_new)
RETURN size(erased) AS written
