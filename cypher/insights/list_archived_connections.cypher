// What a member archived, the newest first, with the present person of the identities that sources in view name.
//
// mode:    read
// params:  network, member, sources
// returns: id, keys, day, rule, person
MATCH (:Network {id: $network})-[:HAS]->(:Member {network: $network, id: $member})-[:ARCHIVES]->(a:ArchivedConnection)
RETURN a.id AS id, a.keys AS keys, a.day AS day, a.rule AS rule, head(COLLECT {
  UNWIND a.keys AS key
  MATCH (i:Identity {network: $network, key: key})-[:OF]->(p:Person)
  WHERE EXISTS { (i)<-[named:NAMES]-(:Source) WHERE named.source IN $sources }
    OR EXISTS { (i)<-[:LISTS]-(s:Source) WHERE s.id IN $sources }
  RETURN DISTINCT p.id ORDER BY p.id
}) AS person
ORDER BY day DESC, id
