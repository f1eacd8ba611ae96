// A load that a member asked for, to be run when its upload is there and its turn comes.
//
// mode:    write
// params:  network, member, id, name, said, at
// returns: id
MATCH (m:Member {network: $network, id: $member})
CREATE (m)-[:ASKED]->(j:Job {network: $network, id: $id, name: $name, said: $said, at: $at, status: 'expected'})
RETURN j.id AS id
