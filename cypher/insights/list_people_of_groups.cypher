// List the people in groups of the member's own sources (address books, Slack channels), with the groups. With $groups only of these groups.
//
// mode:    read
// params:  network, member, sources, groups
// returns: id, groups
MATCH (:Member {network: $network, id: $member})-[:OWNS]->(s:Source)-[n:NAMES]->(i:Identity)
WHERE s.id IN $sources AND n.group IS NOT NULL AND n.gone IS NULL AND ($groups IS NULL OR n.group_key IN $groups)
MATCH (i)-[:OF]->(p:Person)
RETURN p.id AS id, collect(DISTINCT n.group) AS groups
