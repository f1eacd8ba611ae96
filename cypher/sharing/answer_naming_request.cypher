// Say whether a member agrees to be named, as they alone may.
//
// mode:    write
// params:  network, member, id, agreed
// returns: answered
MATCH (:Network {id: $network})-[:HAS]->(:Member {network: $network, id: $member})-[:MAY_REVEAL]->
  (r:Reveal {network: $network, id: $id})
SET r.agreed = $agreed
RETURN count(r) AS answered
