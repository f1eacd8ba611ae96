// Keep what was answered to a change, for so many milliseconds.
//
// mode:    write
// params:  network, key, holder, result, lasts
// returns: kept
MATCH (d:Done {network: $network, key: $key})
WHERE d.holder = $holder
SET d.result = $result, d.until = timestamp() + $lasts
RETURN true AS kept
