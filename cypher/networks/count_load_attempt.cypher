// Count an attempt to load a job when it begins. Returns no row if $receiver has lost its claim.
//
// mode:    write
// params:  network, id, receiver
// returns: attempts
MATCH (j:LoadJob {network: $network, id: $id})
SET j.locked_at = timestamp()
WITH j
WHERE j.status = 'running' AND j.receiver = $receiver
SET j.attempts = coalesce(j.attempts, 0) + 1
RETURN j.attempts AS attempts
