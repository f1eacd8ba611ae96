// Publish a load, so that its rows count: in one transaction for the source, for its stage (the source itself on its first
// load) and for the network, whose ties are stale until they are derived.
//
// mode:    write
// params:  network, source, stage, coverage_until, loaded_on, parts, event_versions
// returns: source
MATCH (n:Network {id: $network})
MATCH (s:Source {network: $network, id: $source})
MATCH (t:Source {network: $network, id: $stage})
SET n.stale = true
SET n.version = coalesce(n.version, 0) + 1
SET t.status = 'merging'
SET s.status = 'ready', s.coverage_until = $coverage_until, s.loaded_on = $loaded_on, s.parts = $parts,
  s.event_versions = coalesce($event_versions, s.event_versions)
RETURN s.id AS source
