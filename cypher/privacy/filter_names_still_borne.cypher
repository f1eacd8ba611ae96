// Which of these names, folded, somebody bears.
//
// mode:    read
// params:  network, names
// returns: name
UNWIND $names AS name
MATCH (:Source)-[n:NAMES {network: $network, folded: name}]->(:Identity)
RETURN DISTINCT name
