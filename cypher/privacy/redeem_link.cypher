// Take a link, once: from here on it is found by another fingerprint, for as long as its taker looks. Setting a property
// first takes the node's lock, so that of two who ask at once one is late.
//
// mode:    write
// params:  networks, fingerprint, taker, sealed, lasts
// returns: network
UNWIND $networks AS network
MATCH (l:Link {network: network, fingerprint: $fingerprint})
SET l.asked = timestamp()
WITH l
WHERE l.fingerprint = $fingerprint AND l.until > timestamp()
SET l.fingerprint = $taker, l.sealed = $sealed, l.until = timestamp() + $lasts
RETURN l.network AS network
