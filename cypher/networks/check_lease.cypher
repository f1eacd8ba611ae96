// Check that a holder has the network's write lease. Returns no row otherwise.
//
// mode:    read
// params:  network, holder
// returns: held
MATCH (n:Network {id: $network})
WHERE n.lease_holder = $holder
RETURN true AS held
