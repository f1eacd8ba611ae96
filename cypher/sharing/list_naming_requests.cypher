// Who asked a member to be named on ways to whom, newest first.
//
// mode:    read
// params:  network, member
// returns: id, asker, target, at, agreed
MATCH (:Member {network: $network, id: $member})-[:MAY_REVEAL]->(r:Reveal)
RETURN r.id AS id, r.asker AS asker, r.target AS target, r.at AS at, r.agreed AS agreed
ORDER BY at DESC, id
