// The pairs of people whom a private row of this member states to be one.
//
// mode:    read
// params:  network, member
// returns: first, second
MATCH (p:Person {network: $network})-[same:PROBABLE_DUPLICATE]->(q:Person)
WHERE p.id IS NOT NULL AND same.is_stated AND same.audience = $member
RETURN p.id AS first, q.id AS second
