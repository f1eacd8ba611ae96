// The facts of a source by company and by domain. They replace the search among the companies of all sources.
CREATE INDEX named_company IF NOT EXISTS FOR ()-[n:NAMES]-() ON (n.source, n.company_key);
CREATE INDEX named_domain IF NOT EXISTS FOR ()-[n:NAMES]-() ON (n.source, n.domain);
DROP INDEX company_keys IF EXISTS;
