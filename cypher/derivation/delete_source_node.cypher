// The last step of removing or folding: the source's own node, when nothing hangs on it any more.
//
// mode:    write
// params:  network, source
// returns: dropped
MATCH (s:Source {network: $network, id: $source})
DETACH DELETE s
RETURN true AS dropped
