// Mark a source for removal, so that its rows no longer count, and the network's ties as stale.
//
// mode:    write
// params:  network, source
// returns: source
MATCH (n:Network {id: $network})
MATCH (s:Source {network: $network, id: $source})
SET n.stale = true, s.status = 'removing'
SET n.version = coalesce(n.version, 0) + 1
RETURN s.id AS source
