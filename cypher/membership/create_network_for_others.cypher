// Create a network of which the operator is not a member: whoever redeems the invitation becomes its first owner. Until
// then, creating it again replaces the invitation. Returns no row if the network has members or was created otherwise.
// The SETs lock the network and its invitations, so that nobody redeems one meanwhile. $confirmed_key is the identity
// that the operator confirms for the owner, null for none.
//
// mode:    write
// params:  name, new_network, today, fingerprint, confirmed_key, lifetime_ms
// returns: expires_at
MERGE (n:Network {name: $name})
ON CREATE SET n.id = $new_network, n.as_of = $today, n.created_for_others = true
SET n.locked_at = timestamp()
WITH n
CALL (n) {
  OPTIONAL MATCH (n)-[:INVITES]->(i:Invitation)
  SET i.locked_at = timestamp()
  RETURN collect(i) AS earlier
}
WITH n, earlier
WHERE n.created_for_others AND NOT EXISTS { (n)-[:HAS]->(:Member) }
FOREACH (i IN earlier | DETACH DELETE i)
CREATE (n)-[:INVITES]->(new:Invitation {
  network: n.id, fingerprint: $fingerprint, role: 'owner', confirmed_key: $confirmed_key, created_at: timestamp(),
  expires_at: timestamp() + $lifetime_ms
})
RETURN new.expires_at AS expires_at
