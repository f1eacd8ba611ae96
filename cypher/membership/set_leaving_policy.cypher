// Say what becomes of the shared sources of those who leave a network, and have left it.
//
// mode:    write
// params:  network, on_leave
// returns: on_leave
MATCH (n:Network {id: $network})
SET n.on_leave = $on_leave
RETURN n.on_leave AS on_leave
