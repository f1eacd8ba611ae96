// Record that a token is used now, unless a use was recorded within the last $every_ms milliseconds: of many concurrent
// requests one writes.
//
// mode:    write
// params:  network, fingerprint, every_ms
// returns: last_used_at
MATCH (t:Token {network: $network, fingerprint: $fingerprint})
WHERE coalesce(t.last_used_at < timestamp() - $every_ms, true)
SET t.last_used_at = timestamp()
RETURN t.last_used_at AS last_used_at
