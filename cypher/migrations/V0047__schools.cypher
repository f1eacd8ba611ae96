// The schools that a source states: few among all facts.
CREATE INDEX school_of_source IF NOT EXISTS FOR ()-[n:NAMES]-() ON (n.source, n.school_key);
