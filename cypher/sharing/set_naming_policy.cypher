// Say when whoever asks is told through which colleague a route leads.
//
// mode:    write
// params:  network, reveal
// returns: reveal
MATCH (n:Network {id: $network})
SET n.reveal = $reveal
RETURN n.reveal AS reveal
