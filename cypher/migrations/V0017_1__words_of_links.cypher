// Says the words once, as V0002 does of the rest.
CREATE (l:Link {network: '~', fingerprint: '~', sealed: '', until: 0, asked: 0})
CREATE (x:NotARoute {network: '~', id: '~', objected: true})
DELETE l, x;
