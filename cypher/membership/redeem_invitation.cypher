// Take an invitation: a new member with a first token. No row where it can be taken no longer. Setting a property first
// takes the invitation's lock, so that of two who ask at once one is told that the other was first; the driver may try
// again, since who took it is who takes it again. $key is an identity that a provider vouches for, where whoever invited
// them did for none; $issuer and $subject are who they are there, both null for nobody. $lasts are milliseconds, null for
// a token that does not expire. Odds that were fitted to everything of a member alone end where the second one comes.
//
// mode:    write
// params:  network, invitation, member, name, email, key, issuer, subject, token, called, scopes, lasts
// returns: network, key
MATCH (n:Network {id: $network})-[:INVITES]->(i:Invitation {network: $network, fingerprint: $invitation})
SET i.asked = timestamp()
WITH n, i
WHERE i.expires > timestamp() AND coalesce(i.taken, $member) = $member
SET i.taken = $member
MERGE (n)-[:HAS]->(m:Member {network: $network, id: $member})
ON CREATE SET m.role = i.role, m.name = $name, m.email = $email, m.key = coalesce(i.key, $key), m.joined = timestamp(),
  m.signs_in = i.key, m.issuer = $issuer, m.subject = $subject
MERGE (m)-[:HOLDS]->(t:Token {network: $network, fingerprint: $token})
ON CREATE SET t.name = $called, t.scopes = $scopes, t.at = timestamp(), t.expires = timestamp() + $lasts
FOREACH (_ IN CASE WHEN COUNT { (n)-[:HAS]->(other:Member) WHERE other.role IS NOT NULL } = 2 THEN [1] ELSE [] END |
  REMOVE n.fit_shift, n.fit_day, n.fit_version, n.fit_asks, n.fit_shipped, n.fit_fitted)
RETURN n.name AS network, m.key AS key
