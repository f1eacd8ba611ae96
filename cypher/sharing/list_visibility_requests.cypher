// The requests to be named that a member received, newest first. `consented` is null until the member answers.
//
// mode:    read
// params:  network, member
// returns: id, asker, target, day, consented
MATCH (:Member {network: $network, id: $member})-[:RECEIVED]->(r:VisibilityRequest)
RETURN r.id AS id, r.asker AS asker, r.target AS target, r.day AS day, r.consented AS consented
ORDER BY day DESC, id
