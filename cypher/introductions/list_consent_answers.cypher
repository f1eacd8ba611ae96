// The colleagues whom a member asked to be named on routes to a target, as people. `consented` is null until they answer.
//
// mode:    read
// params:  network, member, targets
// returns: person, target, consented, day
MATCH (:Member {network: $network, id: $member})-[:SENT]->(r:VisibilityRequest)<-[:RECEIVED]-(:Member)-[:IS]->(p:Person)
WHERE r.target IN $targets
RETURN p.id AS person, r.target AS target, r.consented AS consented, r.day AS day
