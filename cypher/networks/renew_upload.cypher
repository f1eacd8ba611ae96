// Renew the claim of the request $receiver on the upload of a job. Returns no row if another request has claimed it since.
//
// mode:    write
// params:  network, id, receiver
// returns: id
MATCH (j:LoadJob {network: $network, id: $id})
SET j.locked_at = timestamp()
WITH j
WHERE j.status = 'receiving' AND j.receiver = $receiver
SET j.claimed_at = timestamp()
RETURN j.id AS id
