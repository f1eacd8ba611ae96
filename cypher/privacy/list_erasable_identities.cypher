// Every identity of a network with its person and the sources that name or list it, each with its owner, and the identities in decisions, hidden
// and archived contacts, exclusions, contact plans, tags and invitations, with null and none. All in one row, as in ingest/read_source_evidence.
//
// mode:    read
// params:  network
// returns: identities
MATCH (n:Network {id: $network})
RETURN
  COLLECT {
    MATCH (i:Identity {network: $network}) WHERE i.key IS NOT NULL
    RETURN [i.key, head([(i)-[:OF]->(p:Person) | p.id]), [(m:Member)-[:OWNS]->(s:Source)-[:NAMES|LISTS]->(i) | [s.id, m.id]]]
  }
  + COLLECT {
    MATCH (n)-[:HAS]->(:Member)-[:DECIDED|HIDES|EXCLUDES|PLANS|ARCHIVES|TAGS]->(x)
    UNWIND coalesce(x.keys + x.other_keys, x.keys, x.first_keys + x.second_keys) AS key
    RETURN [key, null, []]
  }
  + COLLECT { MATCH (n)-[:EXCLUDES]->(x) UNWIND x.keys AS key RETURN [key, null, []] }
  + COLLECT {
    MATCH (n)-[:INVITES]->(i:Invitation) WHERE i.confirmed_key IS NOT NULL RETURN [i.confirmed_key, null, []]
  } AS identities
