// Ties are derived from all that counts.
//
// mode:    write
// params:  network
// returns: as_of
MATCH (n:Network {id: $network})
REMOVE n.stale
RETURN n.as_of AS as_of
