// The people, names and companies that a member hides from other members, newest first.
//
// mode:    read
// params:  network, member
// returns: id, says, keys, names, companies, at
MATCH (:Member {network: $network, id: $member})-[:CONCEALS]->(c:Concealed)
RETURN c.id AS id, c.says AS says, c.keys AS keys, c.names AS names, c.companies AS companies, c.at AS at
ORDER BY at DESC, says, id
