// The assistants that a source names, by the identity in whose name they act, so that a refusal reads only sources in view.
CREATE INDEX named_assistant IF NOT EXISTS FOR ()-[n:NAMES]-() ON (n.source, n.principal);
