// Says the words of forgetting once, as V0002 does of the rest.
CREATE (n:Network {id: '~', name: '~', forgets: ''})
CREATE (f:Forgotten {network: '~', mark: ''})
WITH n, f
DELETE n, f;
