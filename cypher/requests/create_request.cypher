// Create the draft of an introduction request. Repeating it with the same id changes nothing.
//
// `people` are the introducers of the route and the target, with one identity of each in `keys` and their names in `names`,
// all as the asker sees them. `company` is the key of the target's company, and `score` the score of the route. The present
// ids of the people follow from the keys (requests/list_requests). With $is_hidden the asker does not see the introducer.
//
// mode:    write
// params:  network, member, id, introducer_member, is_hidden, people, keys, names, company, score, reason, benefit, note
// returns: id
MATCH (:Network {id: $network})-[:HAS]->(m:Member {network: $network, id: $member})
MERGE (r:IntroductionRequest {network: $network, id: $id})
ON CREATE SET r.asker = $member, r.introducer_member = $introducer_member, r.is_hidden = $is_hidden, r.people = $people, r.keys = $keys,
  r.names = $names, r.company = $company, r.score = $score, r.reason = $reason, r.benefit = $benefit, r.note = $note, r.status = 'draft',
  r.created_at = timestamp(), r.changed_at = timestamp(),
  r.actions = [], r.actors = [], r.statuses = [], r.times = [], r.action_keys = []
MERGE (m)-[:ASKED]->(r)
RETURN r.id AS id
