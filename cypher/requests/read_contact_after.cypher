// Contact between the target of a request and its asker after a day, in these sources: what the target sent, and meetings and
// calls of either. `after` is a day, `day` the first one of each channel.
//
// mode:    read
// params:  network, asker, rows, sources, channels, mutual_channels, as_of
// returns: id, channel, day
UNWIND $rows AS row
MATCH (:Person {network: $network, id: row.target})<-[:OF]-(i:Identity)
MATCH (:Person {network: $network, id: $asker})<-[:OF]-(j:Identity)
CALL (i, j) {
  MATCH (i)-[e:INTERACTED]-(j)
  WHERE coalesce(e.source, '') IN $sources
    AND (e.channel IN $mutual_channels OR e.channel IN $channels AND startNode(e) = i)
  RETURN e.channel AS channel, e.days AS days
}
UNWIND days AS day
WITH row, channel, day
WHERE row.after < day <= $as_of
RETURN row.id AS id, channel, min(day) AS day
