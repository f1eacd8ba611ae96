// Delete contact plans of a member.
//
// mode:    write
// params:  network, member, ids
// returns: deleted
MATCH (:Member {network: $network, id: $member})-[:PLANS]->(c:ContactPlan)
WHERE c.id IN $ids
DETACH DELETE c
RETURN count(*) AS deleted
