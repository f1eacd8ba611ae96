// The networks for which somebody answers, by whom one can be told of what is held: a household answers to nobody.
//
// mode:    read
// params:
// returns: network, controller, contact
MATCH (n:Network)
WHERE n.id IS NOT NULL AND n.controller IS NOT NULL
RETURN n.id AS network, n.controller AS controller, n.contact AS contact
ORDER BY controller, network
