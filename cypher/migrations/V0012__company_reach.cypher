// Who has an address at a domain, for whom one can reach at a company.
CREATE INDEX identity_domain IF NOT EXISTS FOR (i:Identity) ON (i.network, i.domain);
