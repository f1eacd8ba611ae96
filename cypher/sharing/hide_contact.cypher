// Hide somebody, a name or a company from all other members, as far as this member's sources go. Ties are stale after it.
//
// mode:    write
// params:  network, member, id, says, keys, names, companies, at
// returns: id
MATCH (n:Network {id: $network})-[:HAS]->(m:Member {network: $network, id: $member})
SET n.stale = true
CREATE (m)-[:CONCEALS]->(c:Concealed {network: $network, id: $id})
SET c.says = $says, c.keys = $keys, c.names = $names, c.companies = $companies, c.at = $at
RETURN c.id AS id
