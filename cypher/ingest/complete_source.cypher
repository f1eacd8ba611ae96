// From here on a load counts: one transaction for the source, for the place it was staged in (the same one on a first
// load), and for the network, whose ties are stale until they are derived.
//
// mode:    write
// params:  network, source, stage, seen_until, loaded, parts
// returns: source
MATCH (n:Network {id: $network})
MATCH (s:Source {network: $network, id: $source})
MATCH (t:Source {network: $network, id: $stage})
SET n.stale = true
SET t.status = 'merging'
SET s.status = 'ready', s.seen_until = $seen_until, s.loaded = $loaded, s.parts = $parts
RETURN s.id AS source
