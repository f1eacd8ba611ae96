// Send a draft to its introducer, unless the introducer is protected: `refusal` is then the reason, `until` the time in
// milliseconds until which it holds (null: no end), and nothing changes. Returns no row if the asker has no draft with this
// id, or if the introducer is a member who left.
//
// A request to an introducer whom the asker does not see (`is_hidden`) is sent although the introducer is protected or left, but
// not delivered: the introducer never sees it, and it expires. So is a request that only hidden ones of the same asker put
// over a cap, because a refusal would reveal whom those reached. What the asker sees counts in `seen`, what the
// introducer received in `received`.
//
// The first SET locks the network, so that requests are sent one after another and no cap is exceeded. The second
// locks the request, so that its state is read after a concurrent withdrawal. $cap and
// $cap_per_asker are the caps of introducers who did not choose their own. Requests count for $month_ms, by all askers. In
// the introducer's quiet hours the event of the delivery waits for their end; `quiet_from` and `quiet_until` are minutes of
// the day.
//
// mode:    write
// params:  network, member, id, key, lifetime_ms, cap, cap_per_asker, month_ms
// returns: id, refusal, until
MATCH (n:Network {id: $network})
SET n.locked_at = timestamp()
WITH n
MATCH (n)-[:HAS]->(:Member {network: $network, id: $member})-[:ASKED]->
  (r:IntroductionRequest {network: $network, id: $id})
SET r.locked_at = timestamp()
WITH n, r
WHERE r.status = 'draft'
OPTIONAL MATCH (n)-[:HAS]->(i:Member {network: $network, id: r.introducer_member})
WHERE i.role IS NOT NULL
WITH n, r, i
WHERE r.introducer_member IS NULL OR i IS NOT NULL OR r.is_hidden
WITH n, r, i,
  coalesce(i.request_cap, $cap) AS cap,
  coalesce(i.request_cap_per_asker, $cap_per_asker) AS cap_per_asker,
  [key IN [r.keys[0]] WHERE key <> ''] + COLLECT {
    MATCH (:Identity {network: $network, key: r.keys[0]})-[:OF]->(:Person)<-[:OF]-(same:Identity)
    RETURN same.key
  } AS introducer_keys,
  [key IN [last(r.keys)] WHERE key <> ''] + COLLECT {
    MATCH (:Identity {network: $network, key: last(r.keys)})-[:OF]->(:Person)<-[:OF]-(same:Identity)
    RETURN same.key
  } AS target_keys
CALL (r, introducer_keys) {
  OPTIONAL MATCH (q:IntroductionRequest {network: $network})
  WHERE q.sent_at > timestamp() - $month_ms
    AND (q.introducer_member = r.introducer_member OR q.keys[0] IN introducer_keys)
  WITH q, q.asker = r.asker AS is_own, q.is_undelivered IS NULL AS is_received,
    q.asker = r.asker AND coalesce(q.is_hidden, false)
      AND none(status IN q.statuses WHERE status IN ['accepted', 'mention_only']) AS is_unseen
  ORDER BY q.sent_at DESC
  RETURN collect(CASE WHEN is_received THEN q.sent_at END) AS received,
    collect(CASE WHEN is_received AND is_own THEN q.sent_at END) AS received_from_asker,
    collect(CASE WHEN (is_received OR is_own) AND NOT is_unseen THEN q.sent_at END) AS seen,
    collect(CASE WHEN is_own AND NOT is_unseen THEN q.sent_at END) AS seen_from_asker
}
WITH r, i, size(received) >= cap OR size(received_from_asker) >= cap_per_asker AS is_at_cap, CASE
    WHEN EXISTS {
      (n)-[:EXCLUDES]->(x:ExcludedIntroducer) WHERE any(key IN x.keys WHERE key IN introducer_keys)
    } THEN ['excluded', null]
    WHEN any(key IN i.no_go_keys WHERE key IN target_keys) OR r.company IN i.no_go_companies THEN ['no_go', null]
    WHEN i.requests_not_before > timestamp() THEN ['not_before', i.requests_not_before]
    WHEN size(seen) >= cap THEN ['cap', CASE WHEN cap > 0 THEN seen[cap - 1] + $month_ms END]
    WHEN size(seen_from_asker) >= cap_per_asker
      THEN ['cap_per_asker', CASE WHEN cap_per_asker > 0 THEN seen_from_asker[cap_per_asker - 1] + $month_ms END]
  END AS protected
WITH r, i, CASE WHEN r.is_hidden THEN null ELSE protected END AS refused,
  is_at_cap OR coalesce(r.is_hidden, false) AND (i IS NULL OR protected IS NOT NULL) AS is_undelivered
WITH r, i, refused, is_undelivered, datetime({epochMillis: timestamp(), timezone: coalesce(i.quiet_zone, 'UTC')}) AS local
WITH r, i, refused, is_undelivered, local.hour * 60 + local.minute AS minute
WITH r, i, refused, is_undelivered, CASE
    WHEN i.quiet_from < i.quiet_until AND i.quiet_from <= minute < i.quiet_until
      OR i.quiet_from > i.quiet_until AND (minute >= i.quiet_from OR minute < i.quiet_until)
      THEN (i.quiet_until - minute + 1440) % 1440 * 60000
    ELSE 0
  END AS wait_ms
FOREACH (_ IN CASE WHEN refused IS NULL THEN [1] ELSE [] END |
  SET r.status = 'sent', r.sent_at = timestamp(), r.changed_at = timestamp(), r.expires_at = timestamp() + $lifetime_ms,
    r.actions = r.actions + 'send', r.actors = r.actors + 'asker', r.statuses = r.statuses + 'sent',
    r.times = r.times + timestamp(), r.action_keys = r.action_keys + $key,
    r.is_undelivered = CASE WHEN is_undelivered THEN true END
  CREATE (:Event {network: $network, id: randomUUID(), kind: 'introduction_request_sent', about: r.id, status: 'sent',
    created_at: timestamp(), next_attempt_at: timestamp(), attempts: 0})
  FOREACH (_ IN CASE WHEN i IS NULL OR is_undelivered THEN [] ELSE [1] END |
    MERGE (i)-[:RECEIVED]->(r)
    CREATE (:Event {network: $network, id: randomUUID(), kind: 'introduction_request_delivered', about: r.id,
      member: i.id, status: 'sent', created_at: timestamp(), next_attempt_at: timestamp() + wait_ms, attempts: 0})))
RETURN r.id AS id, refused[0] AS refusal, refused[1] AS until
