// Set the name under which other members see a member.
//
// mode:    write
// params:  network, member, name
// returns: name
MATCH (n:Network {id: $network})-[:HAS]->(m:Member {network: $network, id: $member})
FOREACH (_ IN CASE WHEN m.name <> $name OR m.name IS NULL THEN [1] ELSE [] END |
  SET n.version = coalesce(n.version, 0) + 1)
SET m.name = $name
RETURN m.name AS name
