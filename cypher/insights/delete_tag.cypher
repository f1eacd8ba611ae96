// Delete a tag of a member.
//
// mode:    write
// params:  network, member, id
// returns: deleted
MATCH (n:Network {id: $network})-[:HAS]->(:Member {network: $network, id: $member})-[:TAGS]->(t:Tag {network: $network, id: $id})
SET n.version = coalesce(n.version, 0) + 1
DETACH DELETE t
RETURN count(*) AS deleted
