// Hide a person, a name or a company from other members, in this member's sources. Ties are stale after it.
// `label` is the name or company as the member wrote it, and empty for a person.
//
// mode:    write
// params:  network, member, id, label, keys, names, companies, day
// returns: id
MATCH (n:Network {id: $network})-[:HAS]->(m:Member {network: $network, id: $member})
SET n.stale = true
SET n.version = coalesce(n.version, 0) + 1
CREATE (m)-[:HIDES]->(h:HiddenContact {network: $network, id: $id})
SET h.label = $label, h.keys = $keys, h.names = $names, h.companies = $companies, h.day = $day
RETURN h.id AS id
