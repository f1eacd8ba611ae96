// The identities that a member's statements mention, and whether another source in the member's view ($witnesses) names
// each of them. The member's own identities count as named.
//
// mode:    read
// params:  network, statements, witnesses
// returns: key, is_named
MATCH (s:Source {network: $network})-[n:NAMES]->(i:Identity)
WHERE s.id IN $statements
WITH i, count(n.is_owner) > 0 AS is_own
RETURN i.key AS key, is_own OR EXISTS { (i)<-[:NAMES]-(w:Source) WHERE w.id IN $witnesses } AS is_named
ORDER BY key
