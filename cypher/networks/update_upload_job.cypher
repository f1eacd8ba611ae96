// Set the status of an upload job, and its report or error at the end. With $expected it changes only a job in that
// status and returns no row otherwise. The first SET locks the node, so that of two concurrent callers one returns no row.
//
// mode:    write
// params:  network, id, expected, status, report, error
// returns: id
MATCH (j:UploadJob {network: $network, id: $id})
SET j.locked_at = timestamp()
WITH j
WHERE $expected IS NULL OR j.status = $expected
SET j.status = $status, j.report = $report, j.error = $error
RETURN j.id AS id
