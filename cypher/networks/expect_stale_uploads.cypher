// Expect again the uploads of a network whose requests ended with their process: their claims are older than $stale_ms.
//
// mode:    write
// params:  network, stale_ms
// returns: count
MATCH (:Network {id: $network})-[:HAS]->(:Member)-[:REQUESTED]->(j:LoadJob {status: 'receiving'})
SET j.locked_at = timestamp()
WITH j
WHERE j.status = 'receiving' AND coalesce(j.claimed_at, 0) < timestamp() - $stale_ms
SET j.status = 'expected'
RETURN count(j) AS count
