// Stop hiding a contact. Ties are stale after it.
//
// mode:    write
// params:  network, member, id
// returns: unhidden
MATCH (n:Network {id: $network})-[:HAS]->(:Member {network: $network, id: $member})-[:HIDES]->
  (h:HiddenContact {network: $network, id: $id})
SET n.stale = true
SET n.version = coalesce(n.version, 0) + 1
DETACH DELETE h
RETURN count(*) AS unhidden
