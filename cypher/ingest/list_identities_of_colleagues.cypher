// The identities that belong to the other current members: confirmed for them, or named as theirs by their own sources.
// What is confirmed for this member is left out.
//
// mode:    read
// params:  network, member
// returns: key
MATCH (n:Network {id: $network})-[:HAS]->(me:Member {network: $network, id: $member})
MATCH (n)-[:HAS]->(m:Member)
WHERE m.role IS NOT NULL AND m <> me
CALL (m) {
  RETURN m.confirmed_key AS key
UNION
  MATCH (m)-[:OWNS]->(:Source)-[:NAMES {is_owner: true}]->(i:Identity)
  RETURN i.key AS key
}
WITH DISTINCT me, key
WHERE key IS NOT NULL AND coalesce(key <> me.confirmed_key, true)
RETURN key
ORDER BY key
