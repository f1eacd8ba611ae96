// Every identity of a network, with its person; and every identity that decisions, what is concealed and invitations
// speak of, with none. In one row, like source_evidence.
//
// mode:    read
// params:  network
// returns: identities
MATCH (n:Network {id: $network})
RETURN
  COLLECT {
    MATCH (i:Identity {network: $network}) WHERE i.key IS NOT NULL
    RETURN [i.key, head([(i)-[:OF]->(p:Person) | p.id])]
  }
  + COLLECT {
    MATCH (n)-[:HAS]->(:Member)-[:DECIDED|CONCEALS|PASSES_OVER]->(x)
    UNWIND coalesce(x.keys, x.one + x.other) AS key
    RETURN [key, null]
  }
  + COLLECT { MATCH (n)-[:PASSES_OVER]->(x) UNWIND x.keys AS key RETURN [key, null] }
  + COLLECT { MATCH (n)-[:INVITES]->(i:Invitation) WHERE i.key IS NOT NULL RETURN [i.key, null] } AS identities
