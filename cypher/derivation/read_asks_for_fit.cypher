// The asks to each of these people, and their own interactions with everybody, to compute the strength on the day before
// each ask (graph.derivation.calibrate). Asks are selected as in ties/read_asks: of a source that contains only
// its owner's side, those by or to the owner.
//
// `asks` are lists of [sender, whether that is a person, sender's identity, person's identity, source, channel, days of
// asks, days of answers]. `given` are lists of [other person, person's identity, other's identity, channel, days,
// weights]. Statements ($stating) are a judgement of the model and no history of the network, so they do not count.
// One row a person; shared mailboxes are left out.
//
// mode:    read
// params:  network, people, sources, owners, stating
// returns: asks, given
UNWIND $people AS id
MATCH (v:Person {network: $network, id: id})
WHERE v.is_shared_mailbox IS NULL
CALL (v) {
  MATCH (v)<-[:OF]-(j:Identity)<-[e:INTERACTED]-(i:Identity)-[:OF]->(u:Person)
  WHERE coalesce(e.source, '') IN $sources AND size(e.asks) > 0 AND u <> v
    AND ($owners[e.source] IS NULL OR $owners[e.source] IN [u.id, v.id])
  RETURN collect([u.id, u.is_shared_mailbox IS NULL, i.key, j.key, e.source, e.channel, e.asks, e.answered]) AS asks
}
WITH v, asks
WHERE size(asks) > 0
CALL (v) {
  MATCH (v)<-[:OF]-(j:Identity)-[e:INTERACTED]->(i:Identity)-[:OF]->(u:Person)
  WHERE coalesce(e.source, '') IN $sources AND NOT e.channel IN $stating AND u <> v
  RETURN collect([u.id, j.key, i.key, e.channel, e.days, e.weights]) AS given
}
RETURN asks, given
