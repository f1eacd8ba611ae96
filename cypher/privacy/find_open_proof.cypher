// Of which networks a link, or what became of it, counts: that is still to be learnt from it, as with a token.
//
// mode:    read
// params:  fingerprint
// returns: network, sealed
MATCH (l:Link {fingerprint: $fingerprint})
WHERE l.until > timestamp()
RETURN l.network AS network, l.sealed AS sealed
ORDER BY network
