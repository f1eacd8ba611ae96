// The data controller of a network: name, contact, legal basis and retention period in months.
//
// mode:    read
// params:  network
// returns: controller, contact, legal_basis, retention_months
MATCH (n:Network {id: $network})
RETURN n.controller AS controller, n.contact AS contact, n.legal_basis AS legal_basis,
  n.retention_months AS retention_months
