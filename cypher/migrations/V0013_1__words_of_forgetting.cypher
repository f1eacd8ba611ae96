// Says the words of forgetting and of the audit once, as V0002 does of the rest.
CREATE (n:Network {id: '~', name: '~', forgets: ''})
CREATE (f:Forgotten {network: '~', mark: ''})
CREATE (a:Audit {network: '~', id: '~', at: 0, member: '', act: '', about: ['']})
WITH n, f, a
DELETE n, f, a;
