// Whose tie it is, said on the tie, where an index finds it.
MATCH (b:Person)-[k:KNOWS]->(a:Person)
SET k.by = b.id, k.towards = a.id;
// Says the words once, as V0002 does of the rest.
CREATE (p:Person {network: '~', id: '~'})-[:KNOWS {by: '~', towards: '~'}]->(p)
DETACH DELETE p;
