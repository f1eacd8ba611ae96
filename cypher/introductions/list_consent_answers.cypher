// The colleagues, as people, whom a member asked for an introduction to one of the targets while their name was withheld.
// `consented` is true once a colleague accepted, null while the request is open, and false after it ended otherwise. A
// decline that the asker does not see ends with the request's time.
//
// mode:    read
// params:  network, member, targets
// returns: person, target, consented
MATCH (:Member {network: $network, id: $member})-[:ASKED]->(r:IntroductionRequest {is_hidden: true})
WHERE r.sent_at > 0
MATCH (:Member {network: $network, id: r.introducer_member})-[:IS]->(p:Person)
CALL (r) {
  OPTIONAL MATCH (:Identity {network: $network, key: last(r.keys)})-[:OF]->(t:Person)
  RETURN coalesce(head(collect(t.id)), last(r.people)) AS target
}
WITH r, p, target
WHERE target IN $targets
RETURN p.id AS person, target,
  CASE
    WHEN any(status IN r.statuses WHERE status IN ['accepted', 'mention_only']) THEN r.status <> 'declined'
    WHEN r.status = 'sent' AND r.expires_at > timestamp() THEN null
    ELSE false
  END AS consented
