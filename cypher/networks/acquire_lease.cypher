// Take or renew the right to write in a network, for so many milliseconds; no row where somebody else holds it.
// Setting a property first takes the node's lock, so that two who ask at once are told apart.
//
// mode:    write
// params:  network, holder, dead, lasts
// returns: taken
MATCH (n:Network {id: $network})
SET n.asked = timestamp()
WITH n
WHERE n.busy_by IS NULL OR n.busy_by IN [$holder, $dead] OR n.busy_until < timestamp()
SET n.busy_by = $holder, n.busy_until = timestamp() + $lasts
RETURN true AS taken
