// Release the network's write lease.
//
// mode:    write
// params:  network, holder
// returns: released
MATCH (n:Network {id: $network})
SET n.locked_at = timestamp()
WITH n WHERE n.lease_holder = $holder
REMOVE n.lease_holder, n.lease_expires_at
RETURN true AS released
