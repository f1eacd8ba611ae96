// A network for others, which this machine's user is no member of and never becomes: whoever takes the invitation is its
// first owner. As long as nobody has, founding it again ends the invitation before. No row where somebody is a member of a
// network of this name, or it was not founded so. Setting a property takes the locks, of the invitations too: nobody takes
// one meanwhile. $key is the identity that the new owner is said to be, null for none; $lasts are milliseconds.
//
// mode:    write
// params:  name, fresh, today, invitation, key, lasts
// returns: expires
MERGE (n:Network {name: $name})
ON CREATE SET n.id = $fresh, n.as_of = $today, n.for_others = true
SET n.asked = timestamp()
WITH n
CALL (n) {
  OPTIONAL MATCH (n)-[:INVITES]->(i:Invitation)
  SET i.asked = timestamp()
  RETURN collect(i) AS before
}
WITH n, before
WHERE n.for_others AND NOT EXISTS { (n)-[:HAS]->(:Member) }
FOREACH (i IN before | DETACH DELETE i)
CREATE (n)-[:INVITES]->(made:Invitation {
  network: n.id, fingerprint: $invitation, role: 'owner', key: $key, at: timestamp(), expires: timestamp() + $lasts
})
RETURN made.expires AS expires
