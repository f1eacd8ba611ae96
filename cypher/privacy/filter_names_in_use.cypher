// Which of these folded names some identity still has.
//
// mode:    read
// params:  network, names
// returns: name
UNWIND $names AS name
MATCH (:Source)-[n:NAMES {network: $network, folded: name}]->(:Identity)
RETURN DISTINCT name
