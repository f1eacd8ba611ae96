// Who answers for a network, how to reach them, by which legal basis, and how long it keeps what was seen.
//
// mode:    read
// params:  network
// returns: controller, contact, basis, keeps
MATCH (n:Network {id: $network})
RETURN n.controller AS controller, n.contact AS contact, n.basis AS basis, n.keeps AS keeps
