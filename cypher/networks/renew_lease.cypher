// Renew the network's write lease. Returns no row if another holder has acquired it since, even if that one has released
// it again.
//
// mode:    write
// params:  network, holder, lifetime_ms
// returns: renewed
MATCH (n:Network {id: $network})
SET n.locked_at = timestamp()
WITH n WHERE n.lease_holder = $holder
SET n.lease_expires_at = timestamp() + $lifetime_ms
RETURN true AS renewed
