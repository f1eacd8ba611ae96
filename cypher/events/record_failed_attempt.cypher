// Make an event due again after $delay_ms, or keep it as failed if that is null. Only the latest attempt counts: returns no
// row if the event was claimed again in the meantime.
//
// mode:    write
// params:  network, id, attempts, delay_ms
// returns: id
MATCH (e:Event {network: $network, id: $id})
WHERE e.attempts = $attempts
SET e.next_attempt_at = timestamp() + $delay_ms,
  e.failed_at = CASE WHEN $delay_ms IS NULL THEN timestamp() END
RETURN e.id AS id
