// What a member is to be called.
//
// mode:    write
// params:  network, member, name
// returns: name
MATCH (m:Member {network: $network, id: $member})
SET m.name = $name
RETURN m.name AS name
