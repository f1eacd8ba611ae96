// The audit entries before an entry, newest first; with $person only those about that person.
//
// mode:    read
// params:  network, before, person, limit
// returns: id, created_at, member, member_name, action, people
MATCH (a:AuditEntry {network: $network})
WHERE a.id < $before AND ($person IS NULL OR $person IN a.people)
RETURN a.id AS id, a.created_at AS created_at, a.member AS member, a.member_name AS member_name,
  a.action AS action, a.people AS people
ORDER BY id DESC
LIMIT $limit
