// The name of a network, and what happens to the shared sources of members who leave it.
//
// mode:    read
// params:  network
// returns: name, leaving_policy
MATCH (n:Network {id: $network})
RETURN n.name AS name, coalesce(n.leaving_policy, 'remove') AS leaving_policy
