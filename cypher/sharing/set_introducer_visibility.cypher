// Set when an asker learns through which colleague a route leads.
//
// mode:    write
// params:  network, introducer_visibility
// returns: introducer_visibility
MATCH (n:Network {id: $network})
FOREACH (_ IN CASE WHEN coalesce(n.introducer_visibility, '') <> $introducer_visibility THEN [1] ELSE [] END |
  SET n.version = coalesce(n.version, 0) + 1)
SET n.introducer_visibility = $introducer_visibility
RETURN n.introducer_visibility AS introducer_visibility
