// All networks. The service advances the day of each.
//
// mode:    read
// params:
// returns: network
MATCH (n:Network)
WHERE n.id IS NOT NULL
RETURN n.id AS network
ORDER BY network
