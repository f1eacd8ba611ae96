// Says the words of networks that are founded for others once, as V0002 does of the rest.
CREATE (n:Network {id: '~', name: '~', created_for_others: true})
DELETE n;
