// Let the request $receiver receive the upload of a job. Returns no row if another request is receiving it. A request that
// has not renewed its claim for $stale_ms ended with its process. The first SET locks the node.
//
// mode:    write
// params:  network, id, receiver, stale_ms
// returns: id
MATCH (j:LoadJob {network: $network, id: $id})
SET j.locked_at = timestamp()
WITH j
WHERE j.status = 'expected'
  OR (j.status = 'receiving'
    AND (j.receiver = $receiver OR coalesce(j.claimed_at, 0) < timestamp() - $stale_ms))
SET j.status = 'receiving', j.receiver = $receiver, j.claimed_at = timestamp()
RETURN j.id AS id
