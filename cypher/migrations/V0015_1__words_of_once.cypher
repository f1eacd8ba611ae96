// Says the words of changes that are made once, as V0002 does of the rest.
CREATE (d:Done {network: '~', key: '~', asked: '', holder: '', until: 0, result: ''})
DELETE d;
