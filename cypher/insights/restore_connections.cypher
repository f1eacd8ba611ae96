// Restore people whom this member archived, by the ids of what was archived. Something else that was archived with one of
// the same identities is restored too. Repeating it changes nothing.
//
// mode:    write
// params:  network, member, ids
// returns: restored
MATCH (n:Network {id: $network})-[:HAS]->(m:Member {network: $network, id: $member})
MATCH (m)-[:ARCHIVES]->(chosen:ArchivedConnection {network: $network}) WHERE chosen.id IN $ids
WITH n, m, collect(chosen.keys) AS lists
WITH n, m, reduce(keys = [], list IN lists | keys + list) AS keys
MATCH (m)-[:ARCHIVES]->(a:ArchivedConnection {network: $network}) WHERE any(key IN a.keys WHERE key IN keys)
SET n.version = coalesce(n.version, 0) + 1
DETACH DELETE a
RETURN count(*) AS restored
