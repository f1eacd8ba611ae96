// An audit entry stores the name that the member has at the time. Earlier entries receive the present name.
MATCH (a:AuditEntry) WHERE a.member_name IS NULL
MATCH (m:Member {network: a.network, id: a.member}) WHERE m.role IS NOT NULL
SET a.member_name = coalesce(m.name, 'the first owner');
