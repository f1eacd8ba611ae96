// The ties of somebody by their odds, for routes through three introducers (docs/decisions/0004-routes.md).
CREATE INDEX tie_by IF NOT EXISTS FOR ()-[k:KNOWS]-() ON (k.by, k.strength);
CREATE INDEX tie_towards IF NOT EXISTS FOR ()-[k:KNOWS]-() ON (k.towards, k.strength);
