// The identities that a source states as unreachable: few among all facts.
CREATE INDEX unreachable_identity IF NOT EXISTS FOR ()-[n:NAMES]-() ON (n.network, n.unreachable_on);
