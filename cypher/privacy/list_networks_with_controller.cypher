// The networks that name a data controller. A network without one is a household, to which the GDPR does not apply.
//
// mode:    read
// params:
// returns: network, controller, contact
MATCH (n:Network)
WHERE n.id IS NOT NULL AND n.controller IS NOT NULL
RETURN n.id AS network, n.controller AS controller, n.contact AS contact
ORDER BY controller, network
