// Delete a member's decision on identities. People are stale after it.
//
// mode:    write
// params:  network, member, id
// returns: undone
MATCH (n:Network {id: $network})-[:HAS]->(:Member {network: $network, id: $member})-[:DECIDED]->
  (d:IdentityDecision {network: $network, id: $id})
SET n.stale = true
SET n.version = coalesce(n.version, 0) + 1
DETACH DELETE d
RETURN count(*) AS undone
