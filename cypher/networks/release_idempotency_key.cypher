// Release a claimed idempotency key, so that the request can be sent again.
//
// mode:    write
// params:  network, key, claim_id
// returns: released
MATCH (r:IdempotencyRecord {network: $network, key: $key})
WHERE r.claim_id = $claim_id
DELETE r
RETURN true AS released
