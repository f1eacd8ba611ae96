// What each of these people was asked, and when they answered, in these sources, as it is stored: what tie_rates adds
// up, for graph.past to add up as of any day. `asks` are [who asked, by and towards which identity, source, channel,
// days asked, days answered].
//
// mode:    read
// params:  network, people, sources
// returns: id, asks
UNWIND $people AS id
MATCH (v:Person {network: $network, id: id})
CALL (v) {
  MATCH (v)<-[:OF]-(j:Identity)<-[e:INTERACTED]-(i:Identity)-[:OF]->(u:Person)
  WHERE coalesce(e.source, '') IN $sources AND size(e.asks) > 0 AND u <> v
  RETURN collect([u.id, i.key, j.key, e.source, e.channel, e.asks, e.answered]) AS asks
}
RETURN id, asks
