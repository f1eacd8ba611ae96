// Acquire the network's write lease. Returns no row if another holder has it.
// The first SET locks the node, so that of two concurrent callers one sees the lease of the other.
//
// mode:    write
// params:  network, holder, dead_holder, lifetime_ms
// returns: acquired
MATCH (n:Network {id: $network})
SET n.locked_at = timestamp()
WITH n
WHERE n.lease_holder IS NULL OR n.lease_holder IN [$holder, $dead_holder] OR n.lease_expires_at < timestamp()
SET n.lease_holder = $holder, n.lease_expires_at = timestamp() + $lifetime_ms
RETURN true AS acquired
