// Move the one day of a network's ties, which are stale until they are derived. A day that somebody chose is held until
// they, or a load, move it on.
//
// mode:    write
// params:  network, as_of, held
// returns: as_of
MATCH (n:Network {id: $network})
SET n.as_of = $as_of, n.held = $held, n.stale = true
RETURN n.as_of AS as_of
