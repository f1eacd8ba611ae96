// Confirm an address for a member who proved it by a link. People are stale after it, because the identity belongs to the
// member from now on. The SET locks the network, so that of two members who prove the address at once one is refused.
// `is_refused`: it is confirmed for another current member. Repeating it changes nothing.
//
// mode:    write
// params:  network, member, key
// returns: is_refused
MATCH (n:Network {id: $network})-[:HAS]->(m:Member {network: $network, id: $member})
SET n.locked_at = timestamp()
WITH n, m, EXISTS {
  MATCH (n)-[:HAS]->(other:Member)
  WHERE other.role IS NOT NULL AND other <> m AND $key IN other.confirmed_keys
} AS is_refused
FOREACH (_ IN CASE WHEN is_refused OR $key IN coalesce(m.confirmed_keys, []) THEN [] ELSE [1] END |
  SET m.confirmed_keys = coalesce(m.confirmed_keys, []) + $key
  SET n.version = coalesce(n.version, 0) + 1
  SET n.stale = true)
RETURN is_refused
