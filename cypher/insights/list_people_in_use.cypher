// The people on the routes of the member's requests in one of these states: introducers and targets.
//
// mode:    read
// params:  network, member, open_states
// returns: id
MATCH (:Network {id: $network})-[:HAS]->(:Member {network: $network, id: $member})-[:ASKED]->(r:IntroductionRequest)
WHERE r.status IN $open_states
UNWIND r.keys AS key
MATCH (:Identity {network: $network, key: key})-[:OF]->(p:Person)
RETURN DISTINCT p.id AS id
