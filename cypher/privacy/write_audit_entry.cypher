// Record a request about people in the audit log. The node has no relationship: on a shared node, concurrent requests
// would wait for each other's locks. It stores the name that the member has at this time, which stays if they rename
// themselves or leave.
//
// mode:    write
// params:  network, id, member, name_of_unnamed, action, people
// returns: id
CREATE (a:AuditEntry {network: $network, id: toString(timestamp()) + $id})
SET a.created_at = timestamp(), a.member = $member, a.action = $action, a.people = $people,
  a.member_name = COLLECT {
    MATCH (m:Member {network: $network, id: $member}) RETURN coalesce(m.name, $name_of_unnamed)
  }[0]
RETURN a.id AS id
