// Of these people those whom a source of the member lists now.
//
// mode:    read
// params:  network, member, ids, sources
// returns: id
UNWIND $ids AS id
MATCH (p:Person {network: $network, id: id})
WHERE EXISTS {
  (p)<-[:OF]-(:Identity)<-[l:LISTS]-(s:Source)<-[:OWNS]-(:Member {network: $network, id: $member})
  WHERE s.id IN $sources AND l.gone IS NULL
}
RETURN id
