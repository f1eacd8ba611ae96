// Set the name under which other members see a member.
//
// mode:    write
// params:  network, member, name
// returns: name
MATCH (m:Member {network: $network, id: $member})
SET m.name = $name
RETURN m.name AS name
