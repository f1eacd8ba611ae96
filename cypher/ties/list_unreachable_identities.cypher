// List the people with an identity that a source states as unreachable, and what shows whether they can be reached.
//
// `stated` are [identity, source, day, reason, whether the source shows mail of its owner to it in the $window days
// before]: mail of others proves nothing, because anybody can send a copy and then a report. `acted` are
// [identity, source, channel, days]: what the person did through each identity since $memory days before the first of
// these days. With $people only these people are listed. Members are not: they use Tertius.
//
// mode:    read
// params:  network, sources, people, window, memory
// returns: id, stated, acted
MATCH (s:Source)-[n:NAMES {network: $network}]->(i:Identity)
WHERE n.unreachable_on IS NOT NULL AND n.source IN $sources
MATCH (i)-[:OF]->(p:Person)
WHERE ($people IS NULL OR p.id IN $people) AND NOT (p)<-[:IS]-(:Member)
UNWIND coalesce(n.unreachable_days, [n.unreachable_on]) AS on
WITH p, min(on) - $memory AS since, collect([i.key, n.source, on, n.unreachable_reason, EXISTS {
  MATCH (i)<-[e:INTERACTED]-(:Identity)-[:OF]->(:Person)<-[:IS]-(:Member)-[:OWNS]->(s)
  WHERE coalesce(e.source, '') = n.source AND e.channel = 'mail'
    AND any(day IN e.days WHERE day <= on AND day >= on - $window)
}]) AS stated
RETURN p.id AS id, stated, COLLECT {
  MATCH (p)<-[:OF]-(j:Identity)-[e:INTERACTED]->(:Identity)
  WHERE coalesce(e.source, '') IN $sources
  UNWIND [day IN e.days WHERE day > since] AS day
  WITH j.key AS key, e.source AS source, e.channel AS channel, collect(DISTINCT day) AS days
  RETURN [key, source, channel, days]
} AS acted
