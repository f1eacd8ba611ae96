// The people, names and companies that a member hides from other members, newest first.
//
// mode:    read
// params:  network, member
// returns: id, label, keys, names, companies, day
MATCH (:Member {network: $network, id: $member})-[:HIDES]->(h:HiddenContact)
RETURN h.id AS id, h.label AS label, h.keys AS keys, h.names AS names, h.companies AS companies, h.day AS day
ORDER BY day DESC, label, id
