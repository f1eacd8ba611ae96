// Set what happens to the shared sources of members who leave or have left.
//
// mode:    write
// params:  network, leaving_policy
// returns: leaving_policy
MATCH (n:Network {id: $network})
SET n.leaving_policy = $leaving_policy
SET n.version = coalesce(n.version, 0) + 1
RETURN n.leaving_policy AS leaving_policy
