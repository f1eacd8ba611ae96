// Find the shortest chain of list entries from the viewer to a target, through at most two people.
//
// The query runs only if no chain has exactly one missing tie. It returns the first missing tie of the chain. A list
// has an owner, so every step has a member at one end; the search starts at the target, who is seldom a member.
//
// mode:    read
// params:  network, viewer_id, targets, never, audiences, sources, as_of
// returns: people, by, towards, outsider
MATCH (me:Person {network: $network, id: $viewer_id})
MATCH (target:Person {network: $network}) WHERE target.id IN $targets
CALL (target) {
  MATCH (target)<-[:OF]-(:Identity)<-[l:LISTS]-(s:Source)<-[:OWNS]-(:Member)-[:IS]->(last:Person)
  WHERE s.id IN $sources AND coalesce(l.since, l.seen, 0) <= $as_of AND coalesce(l.gone, $as_of + 1) > $as_of
  RETURN last
UNION
  MATCH (target)<-[:IS]-(:Member)-[:OWNS]->(s:Source)-[l:LISTS]->(:Identity)-[:OF]->(last:Person)
  WHERE s.id IN $sources AND coalesce(l.since, l.seen, 0) <= $as_of AND coalesce(l.gone, $as_of + 1) > $as_of
  RETURN last
}
WITH me, target, last
WHERE NOT last.id IN $never
CALL (last) {
  RETURN last AS first
UNION
  MATCH (last)<-[:OF]-(:Identity)<-[l:LISTS]-(s:Source)<-[:OWNS]-(:Member)-[:IS]->(first:Person)
  WHERE s.id IN $sources AND coalesce(l.since, l.seen, 0) <= $as_of AND coalesce(l.gone, $as_of + 1) > $as_of
  RETURN first
UNION
  MATCH (last)<-[:IS]-(:Member)-[:OWNS]->(s:Source)-[l:LISTS]->(:Identity)-[:OF]->(first:Person)
  WHERE s.id IN $sources AND coalesce(l.since, l.seen, 0) <= $as_of AND coalesce(l.gone, $as_of + 1) > $as_of
  RETURN first
}
WITH me, target, last, first
WHERE NOT first.id IN $never
  AND EXISTS {
    MATCH (first)<-[:IS]-(:Member)-[:OWNS]->(s:Source) WHERE s.id IN $sources
    MATCH (me)<-[:OF]-(i:Identity)
    WITH s, i
    MATCH (s)-[l:LISTS]->(i) WHERE coalesce(l.since, l.seen, 0) <= $as_of AND coalesce(l.gone, $as_of + 1) > $as_of
    RETURN i
  UNION
    MATCH (me)<-[:IS]-(:Member)-[:OWNS]->(s:Source) WHERE s.id IN $sources
    MATCH (first)<-[:OF]-(i:Identity)
    WITH s, i
    MATCH (s)-[l:LISTS]->(i) WHERE coalesce(l.since, l.seen, 0) <= $as_of AND coalesce(l.gone, $as_of + 1) > $as_of
    RETURN i
  }
WITH CASE WHEN first = last THEN [me, first, target] ELSE [me, first, last, target] END AS people
ORDER BY size(people), [person IN people | [person.name, person.id]]
LIMIT 1
UNWIND range(1, size(people) - 1) AS n
WITH people,
     CASE WHEN n = size(people) - 1 THEN people[n - 1] ELSE people[n] END AS by,
     CASE WHEN n = size(people) - 1 THEN people[n] ELSE people[n - 1] END AS towards, n
WHERE NOT EXISTS { (by)-[k:KNOWS]->(towards) WHERE k.audience IN $audiences AND k.asleep IS NULL }
WITH people, by, towards
ORDER BY n
LIMIT 1
RETURN [person IN people | person.id] AS people, by.id AS by, towards.id AS towards,
       EXISTS { (towards)<-[:IS]-(:Member) }
       AND NOT EXISTS {
         MATCH (by)<-[:OF]-(i:Identity)
         MATCH (towards)<-[:OF]-(j:Identity)
         WHERE i.domain = j.domain
       } AS outsider
