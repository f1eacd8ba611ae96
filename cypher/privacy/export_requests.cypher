// The introduction requests that concern an identity, for the holder of it: who the person is in the request, its state, its
// times, and the text that is about or for the person. A draft that was not sent is its asker's alone.
//
// mode:    read
// params:  network, key
// returns: is_target, status, created_at, changed_at, reason, benefit, note
MATCH (r:IntroductionRequest {network: $network})
WHERE r.sent_at > 0 AND $key IN r.keys
WITH r, last(r.keys) = $key AS is_target
RETURN is_target, CASE WHEN r.expires_at <= timestamp() THEN 'expired' ELSE r.status END AS status,
  r.created_at AS created_at, r.changed_at AS changed_at,
  CASE WHEN NOT is_target AND r.keys[0] = $key THEN r.reason END AS reason,
  CASE WHEN is_target THEN r.benefit END AS benefit, CASE WHEN is_target THEN r.note END AS note
ORDER BY created_at, r.id
