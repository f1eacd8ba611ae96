// The sources of members who are the person with one of these identities: what they bring of themselves is theirs. And who
// exchanged anything with these identities, whom a row states together with them, and under what names they stand.
//
// mode:    read
// params:  network, keys
// returns: spared, met, stated, names, folded, people
UNWIND $keys AS key
MATCH (i:Identity {network: $network, key: key})
RETURN
  collect(COLLECT { MATCH (i)-[:OF]->(:Person)<-[:IS]-(:Member)-[:OWNS]->(s:Source) RETURN s.id }) AS spared,
  collect(COLLECT { MATCH (i)-[:INTERACTED]-(j:Identity) RETURN DISTINCT j.key }) AS met,
  collect(COLLECT { MATCH (i)<-[n:NAMES]-(:Source) UNWIND n.keys AS other RETURN DISTINCT other }) AS stated,
  collect(COLLECT { MATCH (i)<-[n:NAMES]-(:Source) WHERE n.name IS NOT NULL RETURN DISTINCT n.name }) AS names,
  collect(COLLECT { MATCH (i)<-[n:NAMES]-(:Source) WHERE n.folded IS NOT NULL RETURN DISTINCT n.folded }) AS folded,
  collect(COLLECT { MATCH (i)-[:OF]->(p:Person) RETURN p.id }) AS people
