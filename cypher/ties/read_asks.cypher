// What each of these people was asked, and when they answered, in these sources, as it is stored: what tie_rates adds
// up, for graph.past to add up as of any day. `asks` are [by and towards which identity, source, channel, days asked,
// days answered]. Who asked is not walked to but where a source shows only the side of somebody else ($owners).
//
// mode:    read
// params:  network, people, sources, owners
// returns: id, asks
UNWIND $people AS id
MATCH (v:Person {network: $network, id: id})
CALL (v) {
  MATCH (v)<-[:OF]-(j:Identity)
  WITH v, collect(j) AS own
  UNWIND own AS j
  MATCH (j)<-[e:INTERACTED]-(i:Identity)
  WHERE coalesce(e.source, '') IN $sources AND size(e.asks) > 0 AND NOT i IN own
    AND (coalesce($owners[e.source], v.id) = v.id
      OR EXISTS { (i)-[:OF]->(:Person {network: $network, id: $owners[e.source]}) })
  RETURN collect([i.key, j.key, e.source, e.channel, e.asks, e.answered]) AS asks
}
RETURN id, asks
