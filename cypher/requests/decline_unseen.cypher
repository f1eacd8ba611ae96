// Decline a request whose asker does not see the introducer. Only the introducer sees the decline: the state, its time and
// the time of its expiry stay, and no event is created. Returns no row if the request was answered or has expired.
//
// mode:    write
// params:  network, member, id, key
// returns: id
MATCH (:Member {network: $network, id: $member})-[:RECEIVED]->
  (r:IntroductionRequest {network: $network, id: $id, is_hidden: true})
SET r.locked_at = timestamp()
WITH r
WHERE r.status = 'sent' AND r.expires_at > timestamp() AND r.declined_at IS NULL
SET r.declined_at = timestamp(), r.declined_key = $key
RETURN r.id AS id
