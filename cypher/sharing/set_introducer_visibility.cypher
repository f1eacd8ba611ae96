// Set when an asker learns through which colleague a route leads.
//
// mode:    write
// params:  network, introducer_visibility
// returns: introducer_visibility
MATCH (n:Network {id: $network})
SET n.introducer_visibility = $introducer_visibility
RETURN n.introducer_visibility AS introducer_visibility
