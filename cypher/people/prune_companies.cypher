// Delete companies where nobody in the network works or worked.
//
// mode:    write
// params:  network
// returns: pruned
MATCH (c:Company {network: $network})
WHERE c.key IS NOT NULL AND NOT (c)<-[:WORKS_AT]-()
DELETE c
RETURN count(*) AS pruned
