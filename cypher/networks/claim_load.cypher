// Let the process with the claim $receiver load a received job. Returns no row if the job has ended, or if a process loads
// a job of the network. A process that has not renewed its claim for $lease_ms has ended. The first SET locks the network,
// so that of two concurrent callers one returns no row, also if they claim different jobs. `attempts` are those that ended
// with their process.
//
// mode:    write
// params:  network, id, receiver, lease_ms
// returns: attempts
MATCH (n:Network {id: $network})
SET n.locked_at = timestamp()
WITH n
MATCH (j:LoadJob {network: $network, id: $id})
SET j.locked_at = timestamp()
WITH n, j
WHERE j.status IN ['waiting', 'running'] AND NOT EXISTS {
  MATCH (n)-[:HAS]->(:Member)-[:REQUESTED]->(o:LoadJob {status: 'running'})
  WHERE o.claimed_at >= timestamp() - $lease_ms
}
SET j.status = 'running', j.receiver = $receiver, j.claimed_at = timestamp()
RETURN coalesce(j.attempts, 0) AS attempts
