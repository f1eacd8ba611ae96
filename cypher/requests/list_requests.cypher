// The requests of which a member is a party, newest first: those that the member asked, and those that the member received.
// With $id only that one. A request whose time is over counts as expired, although requests/expire_requests has not run.
// `reminded_at` is when the present state was reminded of, `suggested_at` when an outcome was suggested to the asker. `people` are the present ids of the introducers and the target.
//
// `is_hidden` is whether the asker does not see the introducer, until they accept. A decline of such an introducer
// (requests/decline_unseen) is the last transition that they see, and the asker sees nothing of it.
//
// mode:    read
// params:  network, member, id
// returns: id, role, asker, introducer_member, is_hidden, people, keys, names, reason, benefit, note, status, outcome, redirected_to, created_at, changed_at, expires_at, actions, actors, statuses, times, action_keys, reminded_at, suggested_at
MATCH (:Member {network: $network, id: $member})-[party:ASKED|RECEIVED]->(r:IntroductionRequest)
WHERE $id IS NULL OR r.id = $id
WITH r, type(party) = 'ASKED' AS is_asker,
  coalesce(r.is_hidden, false) AND none(status IN r.statuses WHERE status IN ['accepted', 'mention_only']) AS is_hidden
WITH r, is_asker, is_hidden, NOT is_asker AND is_hidden AND r.declined_at IS NOT NULL AS is_declined
RETURN r.id AS id,
  CASE WHEN is_asker THEN 'asker' ELSE 'introducer' END AS role,
  r.asker AS asker, r.introducer_member AS introducer_member, is_hidden,
  COLLECT {
    UNWIND range(0, size(r.keys) - 1) AS i
    OPTIONAL MATCH (:Identity {network: $network, key: r.keys[i]})-[:OF]->(p:Person)
    WITH i, head(collect(p.id)) AS present
    ORDER BY i
    RETURN coalesce(present, r.people[i])
  } AS people,
  r.keys AS keys, r.names AS names, r.reason AS reason, r.benefit AS benefit, r.note AS note,
  CASE WHEN is_declined THEN 'declined' WHEN r.expires_at <= timestamp() THEN 'expired' ELSE r.status END AS status,
  r.outcome AS outcome, r.redirected_to AS redirected_to,
  r.created_at AS created_at, CASE WHEN is_declined THEN r.declined_at ELSE r.changed_at END AS changed_at,
  CASE WHEN NOT is_declined THEN r.expires_at END AS expires_at,
  CASE WHEN is_declined THEN r.actions[..1] + 'decline' ELSE r.actions END AS actions,
  CASE WHEN is_declined THEN r.actors[..1] + 'introducer' ELSE r.actors END AS actors,
  CASE WHEN is_declined THEN r.statuses[..1] + 'declined' ELSE r.statuses END AS statuses,
  CASE WHEN is_declined THEN r.times[..1] + r.declined_at ELSE r.times END AS times,
  CASE WHEN is_declined THEN r.action_keys[..1] + r.declined_key ELSE r.action_keys END AS action_keys,
  CASE WHEN NOT is_declined AND r.reminded_of = r.expires_at THEN r.reminded_at END AS reminded_at,
  CASE WHEN is_asker THEN r.suggested_at END AS suggested_at
ORDER BY created_at DESC, id
