// Count the requests to each of these people in these sources: at most as many were answered. A row of `people` is
// [person, number], all in one row for speed (lookup/read_profiles).
//
// mode:    read
// params:  network, ids, sources
// returns: people
UNWIND $ids AS id
MATCH (v:Person {network: $network, id: id})
CALL (v) {
  MATCH (v)<-[:OF]-(:Identity)<-[e:INTERACTED]-(:Identity)
  WHERE coalesce(e.source, '') IN $sources
  RETURN sum(size(coalesce(e.asks, []))) AS requests
}
RETURN collect([id, requests]) AS people
