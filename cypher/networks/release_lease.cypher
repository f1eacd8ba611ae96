// Give the right to write back.
//
// mode:    write
// params:  network, holder
// returns: left
MATCH (n:Network {id: $network})
SET n.asked = timestamp()
WITH n WHERE n.busy_by = $holder
REMOVE n.busy_by, n.busy_until
RETURN true AS left
