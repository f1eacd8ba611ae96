// The ties of somebody by their odds, of each audience apart: whose tie may be walked is then known from the index, and
// only ties that count are read (docs/decisions/0004-routes.md). In the place of V0021's.
CREATE INDEX tie_by_odds IF NOT EXISTS FOR ()-[k:KNOWS]-() ON (k.by, k.audience, k.strength);
CREATE INDEX tie_towards_odds IF NOT EXISTS FOR ()-[k:KNOWS]-() ON (k.towards, k.audience, k.strength);
DROP INDEX tie_by IF EXISTS;
DROP INDEX tie_towards IF EXISTS;
