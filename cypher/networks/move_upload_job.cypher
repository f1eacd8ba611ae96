// How a load goes on or ended: its status, and at the end what it did or the sentence that says why not. No row where it
// is no longer at $was, if that is given. Setting a property first takes the node's lock, so that of two who ask at once
// one is told that the other was first.
//
// mode:    write
// params:  network, id, was, status, told, failed
// returns: id
MATCH (j:Job {network: $network, id: $id})
SET j.asked = timestamp()
WITH j
WHERE $was IS NULL OR j.status = $was
SET j.status = $status, j.told = $told, j.failed = $failed
RETURN j.id AS id
