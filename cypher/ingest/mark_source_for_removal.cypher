// From here on a source counts nowhere, and the ties it made are stale.
//
// mode:    write
// params:  network, source
// returns: source
MATCH (n:Network {id: $network})
MATCH (s:Source {network: $network, id: $source})
SET n.stale = true, s.status = 'removing'
RETURN s.id AS source
