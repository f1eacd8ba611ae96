// Which colleagues were asked by a member to be named on ways to a target, as persons; `agreed` is none until they say.
//
// mode:    read
// params:  network, member, targets
// returns: person, target, agreed, at
MATCH (:Member {network: $network, id: $member})-[:SEEKS]->(r:Reveal)<-[:MAY_REVEAL]-(:Member)-[:IS]->(p:Person)
WHERE r.target IN $targets
RETURN p.id AS person, r.target AS target, r.agreed AS agreed, r.at AS at
