// Write down that a token is used now, unless somebody did within the last $every milliseconds: of many requests at once
// one does.
//
// mode:    write
// params:  network, token, every
// returns: used
MATCH (t:Token {network: $network, fingerprint: $token})
WHERE coalesce(t.used < timestamp() - $every, true)
SET t.used = timestamp()
RETURN t.used AS used
