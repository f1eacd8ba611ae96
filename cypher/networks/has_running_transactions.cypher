// Whether any transaction on the network has been running for longer than $longer_than_ms. The last transaction of a
// killed command may still commit after another command has acquired the lease. The metadata name the network of a write
// that has checked the lease.
//
// mode:    read
// params:  network, longer_than_ms
// returns: is_running
SHOW TRANSACTIONS YIELD parameters, metaData, elapsedTime
WHERE (parameters.network = $network OR metaData.network = $network) AND elapsedTime.milliseconds > $longer_than_ms
RETURN count(*) > 0 AS is_running
