// Redeem a link code: the Slack user acts as this member from now on, and as no other. Returns no row if the code is
// unknown, redeemed or expired. The first SET locks the network, so that of two concurrent callers one finds no code.
//
// mode:    write
// params:  network, member, fingerprint
// returns: team, user
MATCH (n:Network {id: $network})
SET n.locked_at = timestamp()
WITH n
MATCH (n)-[:HAS]->(m:Member {network: $network, id: $member})
WHERE m.role IS NOT NULL
MATCH (c:SlackLinkCode {network: $network, fingerprint: $fingerprint})
WHERE c.expires_at > timestamp()
WITH m, c, c.team AS team, c.user AS user
DELETE c
MERGE (u:SlackUser {network: $network, team: team, user: user})
SET u.linked_at = timestamp()
WITH m, u
CALL (m, u) {
  MATCH (other:Member)-[l:LINKED_TO]->(u)
  WHERE other <> m
  DELETE l
}
MERGE (m)-[:LINKED_TO]->(u)
RETURN u.team AS team, u.user AS user
