// For possible introducers (people): the requests to them that were sent within $month_ms, by all askers, and until when they
// take none. `sent` are the times, newest first, `sent_by_viewer` those of this member. `asked_by_viewer` and
// `declined` say whether this member asked them for one of the targets and whether they declined it; `asked_by_other`
// whether another member has an open request to them for one of the targets. Requests of this member to an introducer whom
// they do not see count nowhere, and requests that were not delivered count for their asker only.
//
// mode:    read
// params:  network, member, introducers, targets, month_ms, since_ms
// returns: introducer, cap, cap_per_asker, not_before, sent, sent_by_viewer, asked_by_viewer, declined, asked_by_other
MATCH (t:Person {network: $network})<-[:OF]-(i:Identity)
WHERE t.id IN $targets
WITH collect(i.key) AS target_keys
MATCH (p:Person {network: $network})
WHERE p.id IN $introducers
WITH p, target_keys, COLLECT { MATCH (p)<-[:OF]-(i:Identity) RETURN i.key } AS keys,
  head(COLLECT { MATCH (p)<-[:IS]-(m:Member) WHERE m.role IS NOT NULL RETURN m }) AS m
CALL (target_keys, keys, m) {
  MATCH (r:IntroductionRequest {network: $network})
  WHERE r.sent_at > timestamp() - $since_ms AND (r.introducer_member = m.id OR r.keys[0] IN keys)
    AND (r.is_undelivered IS NULL OR r.asker = $member)
    AND NOT (r.asker = $member AND coalesce(r.is_hidden, false)
      AND none(status IN r.statuses WHERE status IN ['accepted', 'mention_only']))
  WITH r, target_keys
  ORDER BY r.sent_at DESC
  RETURN
    collect(CASE WHEN r.sent_at > timestamp() - $month_ms THEN r.sent_at END) AS sent,
    collect(CASE WHEN r.sent_at > timestamp() - $month_ms AND r.asker = $member THEN r.sent_at END) AS sent_by_viewer,
    max(CASE WHEN r.asker = $member AND last(r.keys) IN target_keys AND r.status <> 'withdrawn' THEN r.sent_at END)
      AS asked_by_viewer,
    max(CASE WHEN r.asker = $member AND last(r.keys) IN target_keys AND r.status = 'declined' THEN r.changed_at END)
      AS declined,
    count(CASE WHEN r.asker <> $member AND last(r.keys) IN target_keys AND r.expires_at > timestamp() THEN r END) > 0
      AS asked_by_other
}
RETURN p.id AS introducer, m.request_cap AS cap, m.request_cap_per_asker AS cap_per_asker,
  CASE WHEN m.requests_not_before > timestamp() THEN m.requests_not_before END AS not_before,
  sent, sent_by_viewer, asked_by_viewer, declined, asked_by_other
