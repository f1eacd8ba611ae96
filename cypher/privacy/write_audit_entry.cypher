// Record a request about people in the audit log. The node has no relationship: on a shared node, concurrent requests
// would wait for each other's locks.
//
// mode:    write
// params:  network, id, member, action, people
// returns: id
CREATE (a:AuditEntry {network: $network, id: toString(timestamp()) + $id})
SET a.created_at = timestamp(), a.member = $member, a.action = $action, a.people = $people
RETURN a.id AS id
