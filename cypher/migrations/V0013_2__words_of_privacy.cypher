// Says the words of who answers for a network once, as V0002 does of the rest.
CREATE (n:Network {id: '~', name: '~', controller: '', contact: '', legal_basis: '', retention_months: 0})
DELETE n;
