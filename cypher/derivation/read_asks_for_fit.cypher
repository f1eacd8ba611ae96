// What each of these people was asked, as tie_rates counts it (in a source that sees only its owner's side, asks by or to
// the owner), and what each did towards everybody; for graph.calibrate to tell what the odds were the day before.
// `asks` are [who asked, whether that is a person, by and towards which identity, source, channel, days asked, days
// answered], `given` [towards whom, by and towards which identity, channel, days, weights]. Statements ($stating) are the
// model's judgement and not the network's history. One row a person, mailboxes that are nobody's left out.
//
// mode:    read
// params:  network, people, sources, owners, stating
// returns: asks, given
UNWIND $people AS id
MATCH (v:Person {network: $network, id: id})
WHERE v.shared IS NULL
CALL (v) {
  MATCH (v)<-[:OF]-(j:Identity)<-[e:INTERACTED]-(i:Identity)-[:OF]->(u:Person)
  WHERE coalesce(e.source, '') IN $sources AND size(e.asks) > 0 AND u <> v
    AND ($owners[e.source] IS NULL OR $owners[e.source] IN [u.id, v.id])
  RETURN collect([u.id, u.shared IS NULL, i.key, j.key, e.source, e.channel, e.asks, e.answered]) AS asks
}
WITH v, asks
WHERE size(asks) > 0
CALL (v) {
  MATCH (v)<-[:OF]-(j:Identity)-[e:INTERACTED]->(i:Identity)-[:OF]->(u:Person)
  WHERE coalesce(e.source, '') IN $sources AND NOT e.channel IN $stating AND u <> v
  RETURN collect([u.id, j.key, i.key, e.channel, e.days, e.weights]) AS given
}
RETURN asks, given
