// The pairs of identities between which somebody has set a tie aside. Few, as statements are.
//
// mode:    read
// params:  network, channels
// returns: by, towards
MATCH (:Network {id: $network})-[:HAS]->(:Member)-[:OWNS]->(s:Source {kind: 'statements'})
MATCH (i:Identity)-[e:INTERACTED {source: s.id}]->(j:Identity)
WHERE e.channel IN $channels
RETURN i.key AS by, j.key AS towards
