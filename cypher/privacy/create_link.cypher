// A link by which somebody can prove an address to these networks. Those whose time is over go.
//
// mode:    write
// params:  networks, fingerprint, sealed, lasts
// returns: made
UNWIND $networks AS network
MATCH (n:Network {id: network})
CALL (n) {
  MATCH (old:Link {network: n.id})
  WHERE old.until < timestamp()
  DELETE old
}
CREATE (:Link {network: n.id, fingerprint: $fingerprint, sealed: $sealed, until: timestamp() + $lasts})
RETURN count(*) AS made
