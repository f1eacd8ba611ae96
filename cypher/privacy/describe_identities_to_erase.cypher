// What an erasure of these identities must consider. `exempt_sources` are the sources of members whose own identity is
// among them: what members load about themselves stays. If the holder $is_proved, a source that names the identity as its
// owner's is exempt only if the identity is confirmed for that member. `contacts` are the identities with evidence towards them,
// `stated_with` the identities that a row states together with them; then their names, and the people who have no other
// identity.
//
// mode:    read
// params:  network, keys, is_proved
// returns: exempt_sources, contacts, stated_with, names, folded, people
UNWIND $keys AS key
MATCH (i:Identity {network: $network, key: key})
RETURN
  collect(COLLECT {
    MATCH (i)<-[:NAMES {is_owner: true}]-(:Source)<-[:OWNS]-(m:Member)
    WHERE NOT $is_proved OR key IN m.confirmed_keys
    MATCH (m)-[:OWNS]->(s:Source)
    RETURN DISTINCT s.id
  }) AS exempt_sources,
  collect(COLLECT { MATCH (i)-[:INTERACTED]-(j:Identity) RETURN DISTINCT j.key }) AS contacts,
  collect(COLLECT { MATCH (i)<-[n:NAMES]-(:Source) UNWIND n.keys AS other RETURN DISTINCT other }) AS stated_with,
  collect(COLLECT { MATCH (i)<-[n:NAMES]-(:Source) WHERE n.name IS NOT NULL RETURN DISTINCT n.name }) AS names,
  collect(COLLECT { MATCH (i)<-[n:NAMES]-(:Source) WHERE n.folded IS NOT NULL RETURN DISTINCT n.folded }) AS folded,
  collect(COLLECT {
    MATCH (i)-[:OF]->(p:Person)
    WHERE NOT EXISTS { MATCH (p)<-[:OF]-(j:Identity) WHERE NOT j.key IN $keys }
    RETURN p.id
  }) AS people
