// Say who answers for a network, and how long it keeps what was seen.
//
// mode:    write
// params:  network, controller, contact, basis, keeps
// returns: network
MATCH (n:Network {id: $network})
SET n.controller = $controller, n.contact = $contact, n.basis = $basis, n.keeps = $keeps
RETURN n.id AS network
