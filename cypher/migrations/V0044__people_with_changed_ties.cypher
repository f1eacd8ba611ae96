// A route index looks up the people whose ties changed (docs/decisions/0033-route-index.md).
CREATE INDEX person_ties_id IF NOT EXISTS FOR (p:Person) ON (p.network, p.ties_id);
