// The identities that belong to the other current members: confirmed for them, or named as theirs by their own sources.
// What is confirmed for this member is left out, unless it is confirmed for a member who joined earlier: an owner can
// invite the address of an existing member.
//
// mode:    read
// params:  network, member
// returns: key
MATCH (n:Network {id: $network})-[:HAS]->(me:Member {network: $network, id: $member})
MATCH (n)-[:HAS]->(m:Member)
WHERE m.role IS NOT NULL AND m <> me
CALL (m) {
  UNWIND m.confirmed_keys AS key
  RETURN key, true AS is_confirmed
UNION
  MATCH (m)-[:OWNS]->(:Source)-[:NAMES {is_owner: true}]->(i:Identity)
  RETURN i.key AS key, false AS is_confirmed
}
WITH me, key, collect(is_confirmed AND coalesce(m.joined_at, 0) < coalesce(me.joined_at, 0)) AS confirmed_before
WHERE key IS NOT NULL AND (
  true IN confirmed_before OR NOT key IN coalesce(me.confirmed_keys, [])
)
RETURN key
ORDER BY key
