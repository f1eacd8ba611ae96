// Let another process claim a load whose process has ended. $receiver is the claim of that process.
//
// mode:    write
// params:  network, id, receiver
// returns: id
MATCH (j:LoadJob {network: $network, id: $id})
SET j.locked_at = timestamp()
WITH j
WHERE j.status = 'running' AND j.receiver = $receiver
SET j.claimed_at = 0
RETURN j.id AS id
