// The versions of calendar events that a source has seen, to be compared with a load. Empty if it has seen none.
//
// mode:    read
// params:  network, source
// returns: versions
MATCH (s:Source {network: $network, id: $source})
RETURN coalesce(s.event_versions, []) AS versions
