// Store a network's own fit of the strength model, or null to use the shipped model. Marks the ties as stale.
//
// mode:    write
// params:  network, fit
// returns: shift
MATCH (n:Network {id: $network})
SET n.fit_shift = $fit.shift, n.fit_day = $fit.day, n.fit_version = $fit.version, n.fit_asks = $fit.asks,
  n.fit_shipped = $fit.shipped, n.fit_fitted = $fit.fitted, n.stale = true
SET n.version = coalesce(n.version, 0) + 1
RETURN n.fit_shift AS shift
