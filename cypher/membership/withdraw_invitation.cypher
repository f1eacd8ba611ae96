// Withdraw an invitation. Returns no row if it was redeemed. The first SET locks it.
// The expiry is 0, because timestamp() of a caller that began before and waited for the lock is earlier.
//
// mode:    write
// params:  network, fingerprint
// returns: withdrawn
MATCH (i:Invitation {network: $network, fingerprint: $fingerprint})
SET i.locked_at = timestamp()
WITH i
WHERE i.redeemed_by IS NULL
SET i.expires_at = 0
RETURN true AS withdrawn
