// Renew the claim of $receiver on the upload or the load of a job. Returns no row if another one has claimed it since.
// A job that $receiver has ended meanwhile is still its own.
//
// mode:    write
// params:  network, id, receiver
// returns: id
MATCH (j:LoadJob {network: $network, id: $id})
SET j.locked_at = timestamp()
WITH j
WHERE j.status IN ['receiving', 'running', 'done', 'failed'] AND j.receiver = $receiver
SET j.claimed_at = timestamp()
RETURN j.id AS id
