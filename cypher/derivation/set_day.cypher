// Move the one day of a network's ties, which are stale until they are derived. A day that somebody chose is held until
// they, or a load, move it on. With the day goes what was noted a year ago of who asked about whom.
//
// mode:    write
// params:  network, as_of, held
// returns: as_of
MATCH (n:Network {id: $network})
SET n.as_of = $as_of, n.held = $held, n.stale = true
WITH n
CALL (n) {
  MATCH (a:Audit {network: $network})
  WHERE a.id < toString(timestamp() - 366 * 86400000)
  DELETE a
}
RETURN n.as_of AS as_of
