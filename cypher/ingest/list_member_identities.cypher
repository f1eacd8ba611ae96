// The identities of a member, according to the member's own sources.
//
// mode:    read
// params:  network, member
// returns: key
MATCH (:Member {network: $network, id: $member})-[:OWNS]->(s:Source)-[n:NAMES {is_owner: true}]->(i:Identity)
WHERE s.status <> 'loading' AND s.status <> 'removing'
RETURN DISTINCT i.key AS key
ORDER BY key
