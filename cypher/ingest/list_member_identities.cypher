// The identities that a member's own sources say are the member.
//
// mode:    read
// params:  network, member
// returns: key
MATCH (:Member {network: $network, id: $member})-[:OWNS]->(s:Source)-[n:NAMES {self: true}]->(i:Identity)
WHERE s.status <> 'loading' AND s.status <> 'removing'
RETURN DISTINCT i.key AS key
ORDER BY key
