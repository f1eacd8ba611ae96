// The pairs of identities between which a statement sets a tie aside. There are few, as there are few statements.
//
// mode:    read
// params:  network, channels
// returns: by, towards
MATCH (:Network {id: $network})-[:HAS]->(:Member)-[:OWNS]->(s:Source {kind: 'statements'})
WHERE s.is_private_part IS NULL
MATCH (i:Identity)-[e:INTERACTED {source: s.id}]->(j:Identity)
WHERE e.channel IN $channels
RETURN i.key AS by, j.key AS towards
