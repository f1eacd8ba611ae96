// Set the data controller of a network and its retention period in months.
//
// mode:    write
// params:  network, controller, contact, legal_basis, retention_months
// returns: network
MATCH (n:Network {id: $network})
FOREACH (_ IN CASE WHEN n.controller = $controller AND n.contact = $contact AND n.legal_basis = $legal_basis
    AND n.retention_months = $retention_months THEN [] ELSE [1] END |
  SET n.version = coalesce(n.version, 0) + 1)
SET n.controller = $controller, n.contact = $contact, n.legal_basis = $legal_basis, n.retention_months = $retention_months
RETURN n.id AS network
