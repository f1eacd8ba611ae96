// Store a colleague's answer to a request to be named. Only the colleague who received the request can answer it.
//
// mode:    write
// params:  network, member, id, consented
// returns: answered
MATCH (:Network {id: $network})-[:HAS]->(:Member {network: $network, id: $member})-[:RECEIVED]->
  (r:VisibilityRequest {network: $network, id: $id})
SET r.consented = $consented
RETURN count(r) AS answered
