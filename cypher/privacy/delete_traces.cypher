// Take somebody out of all that is kept beside what sources say: decisions, whom members conceal or let no route lead
// through (but a member's own wish to be no route, which is theirs), who asked for ways to them, invitations, loads that
// have ended and speak of them, and who asked about them.
//
// What was answered to changes with a key is encrypted under it, so nobody can tell of whom it speaks: all of it goes.
// Whatever else keeps words of people is named with the loads: each property of it is looked through for one of
// $words (in small letters), and it goes where it holds one.
//
// mode:    write
// params:  network, keys, names, words
// returns: network
MATCH (n:Network {id: $network})
SET n.stale = true
WITH n
CALL (n) {
  MATCH (n)-[:HAS]->(:Member)-[:DECIDED]->(d:Decision)
  WHERE any(key IN d.one + d.other WHERE key IN $keys)
  SET d.one = [key IN d.one WHERE NOT key IN $keys], d.other = [key IN d.other WHERE NOT key IN $keys]
  WITH d WHERE size(d.one) = 0 OR size(d.other) = 0
  DETACH DELETE d
}
CALL (n) {
  MATCH (n)-[:HAS]->(:Member)-[:CONCEALS]->(c:Concealed)
  WHERE any(key IN c.keys WHERE key IN $keys) OR any(name IN c.names WHERE name IN $names)
  DETACH DELETE c
}
CALL (n) {
  CALL (n) {
    MATCH (n)-[:PASSES_OVER]->(x:NotARoute)
    RETURN x
  UNION
    MATCH (n)-[:HAS]->(:Member)-[:PASSES_OVER]->(x:NotARoute)
    RETURN x
  }
  WITH n, x
  WHERE any(key IN x.keys WHERE key IN $keys)
    AND NOT (x.own IS NOT NULL AND EXISTS { (n)-[:HAS]->(m:Member) WHERE m.id = x.by AND m.role IS NOT NULL })
  DETACH DELETE x
}
CALL (n) {
  MATCH (n)-[:HAS]->(:Member)-[:SEEKS]->(r:Reveal)
  WHERE r.target IN $words
  DETACH DELETE r
}
CALL (n) {
  MATCH (n)-[:INVITES]->(i:Invitation)
  WHERE i.key IN $keys
  DETACH DELETE i
}
CALL (n) {
  MATCH (n)-[:HAS]->(:Member)-[:ASKED]->(x:Job)
  WHERE x.status IN ['done', 'failed'] AND any(field IN keys(x) WHERE any(
    text IN CASE WHEN x[field] IS :: LIST<ANY> THEN x[field] ELSE [x[field]] END WHERE any(
      word IN $words WHERE toLower(toStringOrNull(text)) CONTAINS word)))
  DETACH DELETE x
}
CALL (n) {
  MATCH (d:Done {network: $network})
  WHERE d.key IS NOT NULL AND d.result IS NOT NULL
  DELETE d
}
CALL (n) {
  MATCH (a:Audit {network: $network})
  WHERE a.id IS NOT NULL AND any(id IN a.about WHERE id IN $words)
  SET a.about = [id IN a.about WHERE NOT id IN $words]
  WITH a WHERE a.about = []
  DELETE a
}
RETURN n.id AS network
