// The requests of which a member is a party, newest first: those that the member asked, and those that the member received.
// With $id only that one. A request whose time is over counts as expired, although requests/expire_requests has not run.
// `reminded_at` is when the present state was reminded of. `people` are the present ids of the introducers and the target.
//
// mode:    read
// params:  network, member, id
// returns: id, role, asker, introducer_member, people, keys, names, reason, benefit, note, status, outcome, redirected_to, created_at, changed_at, expires_at, actions, actors, statuses, times, action_keys, reminded_at
MATCH (:Member {network: $network, id: $member})-[party:ASKED|RECEIVED]->(r:IntroductionRequest)
WHERE $id IS NULL OR r.id = $id
RETURN r.id AS id,
  CASE type(party) WHEN 'ASKED' THEN 'asker' ELSE 'introducer' END AS role,
  r.asker AS asker, r.introducer_member AS introducer_member,
  COLLECT {
    UNWIND range(0, size(r.keys) - 1) AS i
    OPTIONAL MATCH (:Identity {network: $network, key: r.keys[i]})-[:OF]->(p:Person)
    WITH i, head(collect(p.id)) AS present
    ORDER BY i
    RETURN coalesce(present, r.people[i])
  } AS people,
  r.keys AS keys, r.names AS names, r.reason AS reason, r.benefit AS benefit, r.note AS note,
  CASE WHEN r.expires_at <= timestamp() THEN 'expired' ELSE r.status END AS status,
  r.outcome AS outcome, r.redirected_to AS redirected_to,
  r.created_at AS created_at, r.changed_at AS changed_at, r.expires_at AS expires_at,
  r.actions AS actions, r.actors AS actors, r.statuses AS statuses, r.times AS times, r.action_keys AS action_keys,
  CASE WHEN r.reminded_of = r.expires_at THEN r.reminded_at END AS reminded_at
ORDER BY created_at DESC, id
