// Claim an idempotency key, or return the existing claim and its response. Deletes expired records first.
//
// mode:    write
// params:  network, key, request_hash, claim_id, lifetime_ms
// returns: is_own_claim, is_same_request, response
MATCH (n:Network {id: $network})
CALL (n) {
  MATCH (expired:IdempotencyRecord {network: $network})
  WHERE expired.expires_at < timestamp()
  DELETE expired
}
MERGE (r:IdempotencyRecord {network: $network, key: $key})
ON CREATE SET r.request_hash = $request_hash, r.claim_id = $claim_id, r.expires_at = timestamp() + $lifetime_ms
RETURN r.claim_id = $claim_id AS is_own_claim, r.request_hash = $request_hash AS is_same_request, r.response AS response
