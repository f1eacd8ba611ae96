// The networks with events that are not delivered yet, whether one of them is due, and the age of the oldest.
//
// mode:    read
// params:
// returns: network, is_due, oldest_ms
MATCH (e:Event)
WHERE e.next_attempt_at > 0
RETURN e.network AS network, min(e.next_attempt_at) <= timestamp() AS is_due, timestamp() - min(e.created_at) AS oldest_ms
