// Says the words of a network's own fit of the odds once, as V0002 does of the rest.
CREATE (n:Network {id: '~', name: '~', fit_shift: 0.0, fit_day: 0, fit_version: '', fit_asks: 0, fit_shipped: [0.0], fit_fitted: [0.0]})
WITH n
DELETE n;
