// Delete identities that no source mentions any more.
//
// mode:    write
// params:  network
// returns: pruned
MATCH (i:Identity {network: $network})
WHERE i.key IS NOT NULL AND NOT (i)<-[:NAMES|LISTS]-() AND NOT (i)-[:INTERACTED]-()
DETACH DELETE i
RETURN count(*) AS pruned
