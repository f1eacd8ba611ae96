// The people on the routes of the member's requests in one of these states: introducers and targets. Of a request whose
// introducer the member does not see, the target only.
//
// mode:    read
// params:  network, member, open_states
// returns: id
MATCH (:Network {id: $network})-[:HAS]->(:Member {network: $network, id: $member})-[:ASKED]->(r:IntroductionRequest)
WHERE r.status IN $open_states
UNWIND CASE
  WHEN r.is_hidden AND none(status IN r.statuses WHERE status IN ['accepted', 'mention_only']) THEN [last(r.keys)]
  ELSE r.keys
END AS key
MATCH (:Identity {network: $network, key: key})-[:OF]->(p:Person)
RETURN DISTINCT p.id AS id
