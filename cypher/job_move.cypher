// How a load goes on or ended: its status, and at the end what it did or the sentence that says why not.
//
// mode:    write
// params:  network, id, status, told, failed
// returns: id
MATCH (j:Job {network: $network, id: $id})
SET j.status = $status, j.told = $told, j.failed = $failed
RETURN j.id AS id
