"""Who can introduce the viewer to a target: routes, refusals, target lists."""
