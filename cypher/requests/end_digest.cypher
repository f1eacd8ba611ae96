// Record that a claimed digest was sent, or make it due again after $retry_ms if the mail server did not accept it.
//
// mode:    write
// params:  network, member, until, is_sent, pause_ms, retry_ms
// returns: member
MATCH (:Network {id: $network})-[:HAS]->(m:Member {network: $network, id: $member})
SET m.digested_until = CASE WHEN $is_sent THEN $until ELSE m.digested_until END,
  m.digest_at = CASE WHEN $is_sent THEN m.digest_at ELSE timestamp() - $pause_ms + $retry_ms END
RETURN m.id AS member
