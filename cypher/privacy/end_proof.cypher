// What became of a link counts no more.
//
// mode:    write
// params:  networks, fingerprint
// returns: ended
UNWIND $networks AS network
MATCH (l:Link {network: network, fingerprint: $fingerprint})
DELETE l
RETURN count(*) AS ended
