// The people whom private rows of a member state to be the same person as this one, and the person.
//
// mode:    read
// params:  network, member, id
// returns: id
MATCH (p:Person {network: $network, id: $id})
MATCH (p)-[same:PROBABLE_DUPLICATE WHERE same.is_stated AND same.audience = $member]-{0,2}(q:Person)
RETURN DISTINCT q.id AS id
ORDER BY id
