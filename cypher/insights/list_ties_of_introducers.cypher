// List the ties of people who may introduce the viewer: whom they know, and who knows them. A row of `people` is
// [id, knows, known_by], all in one row for speed (lookup/read_profiles).
// Ties that are asleep are left out: no route uses them.
//
// `knows` are [person, mutual strength] of the ties of the introducer, `known_by` are [person, strength] of the ties to
// the introducer.
//
// mode:    read
// params:  network, ids, audiences
// returns: people
UNWIND $ids AS id
MATCH (p:Person {network: $network, id: id})
WITH id,
  COLLECT {
    MATCH (p)-[k:KNOWS]->(q:Person) WHERE k.audience IN $audiences AND k.asleep IS NULL
    WITH q, max(k.mutual_strength) AS mutual_strength
    RETURN [q.id, mutual_strength]
  } AS knows,
  COLLECT {
    MATCH (p)<-[k:KNOWS]-(q:Person) WHERE k.audience IN $audiences AND k.asleep IS NULL
    WITH q, max(k.strength) AS strength
    RETURN [q.id, strength]
  } AS known_by
RETURN collect([id, knows, known_by]) AS people
