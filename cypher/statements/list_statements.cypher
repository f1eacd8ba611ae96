// A member's statements about ties, newest first, without those that count nowhere. `ends` is the last day on which the
// statement counts.
//
// mode:    read
// params:  network, member
// returns: by_key, by_id, towards_key, towards_id, channel, day, ends
MATCH (:Member {network: $network, id: $member})-[:OWNS]->(s:Source {kind: 'statements'})
WHERE s.is_private_part IS NULL
MATCH (i:Identity)-[e:INTERACTED {source: s.id}]->(j:Identity)
MATCH (i)-[:OF]->(p:Person)
MATCH (j)-[:OF]->(q:Person)
UNWIND range(0, size(e.days) - 1) AS k
RETURN i.key AS by_key, p.id AS by_id, j.key AS towards_key, q.id AS towards_id, e.channel AS channel, e.days[k] AS day,
  e.ends[k] AS ends
ORDER BY day DESC, by_key, towards_key, channel
