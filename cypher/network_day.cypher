// Move the one day of a network's ties, which are stale until they are derived.
//
// mode:    write
// params:  network, as_of
// returns: as_of
MATCH (n:Network {id: $network})
SET n.as_of = $as_of, n.stale = true
RETURN n.as_of AS as_of
