// Store the response of an idempotent request.
//
// mode:    write
// params:  network, key, claim_id, response, lifetime_ms
// returns: stored
MATCH (r:IdempotencyRecord {network: $network, key: $key})
WHERE r.claim_id = $claim_id
SET r.response = $response, r.expires_at = timestamp() + $lifetime_ms
RETURN true AS stored
