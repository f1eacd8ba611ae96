// Set the status of a load job, and its report, result or error at the end. With $expected it changes only a job in that
// status, and with $receiver only one that this request receives or this load has claimed; it returns no row otherwise.
// A job that has ended stays as it is. The first SET locks the node, so that of two concurrent callers one returns no row.
// The end of a job creates an event. A job that waits again has no attempt that ended with its process.
//
// mode:    write
// params:  network, id, expected, receiver, status, report, error, result
// returns: id
MATCH (j:LoadJob {network: $network, id: $id})
SET j.locked_at = timestamp()
WITH j
WHERE NOT j.status IN ['done', 'failed']
  AND ($expected IS NULL OR j.status = $expected) AND ($receiver IS NULL OR j.receiver = $receiver)
FOREACH (_ IN CASE WHEN $status IN ['done', 'failed'] THEN [1] ELSE [] END |
  CREATE (:Event {network: $network, id: randomUUID(), kind: 'load_job_ended', about: j.id,
    created_at: timestamp(), next_attempt_at: timestamp(), attempts: 0}))
SET j.status = $status, j.report = $report, j.error = $error, j.result = $result,
  j.attempts = CASE WHEN $status <> 'waiting' THEN j.attempts END
RETURN j.id AS id
