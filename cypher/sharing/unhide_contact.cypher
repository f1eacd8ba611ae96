// Hide it no longer. Ties are stale after it.
//
// mode:    write
// params:  network, member, id
// returns: undone
MATCH (n:Network {id: $network})-[:HAS]->(:Member {network: $network, id: $member})-[:CONCEALS]->
  (c:Concealed {network: $network, id: $id})
SET n.stale = true
DETACH DELETE c
RETURN count(*) AS undone
