// Claim the members of a network who receive a digest by mail and were claimed before more than $pause_ms. `since` is up to
// when the last digest that was sent reports, `until` the time of this claim. Of concurrent callers one gets a member: the
// first SET locks the network.
//
// mode:    write
// params:  network, pause_ms
// returns: member, since, until
MATCH (n:Network {id: $network})-[:HAS]->(m:Member)
WHERE m.wants_digest AND m.role IS NOT NULL AND coalesce(m.digest_at, 0) <= timestamp() - $pause_ms
SET n.locked_at = timestamp()
WITH m
WHERE coalesce(m.digest_at, 0) <= timestamp() - $pause_ms
SET m.digest_at = timestamp()
RETURN m.id AS member, coalesce(m.digested_until, 0) AS since, m.digest_at AS until
