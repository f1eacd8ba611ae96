// Set how far a source is shared. Ties are stale after it.
//
// mode:    write
// params:  network, source, sharing, others
// returns: source
MATCH (n:Network {id: $network})
SET n.stale = true
WITH n
MATCH (s:Source {network: $network, id: $source})
SET s.sharing = $sharing, s.others = CASE WHEN $others THEN true END
RETURN s.id AS source
