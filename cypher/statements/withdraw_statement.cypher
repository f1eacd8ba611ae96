// Delete statements, and the names that their source gives to identities without any statement left. Ties are stale after
// it. A source without statements is marked for removal.
//
// mode:    write
// params:  network, member, rows
// returns: withdrawn
MATCH (n:Network {id: $network})-[:HAS]->(:Member {network: $network, id: $member})-[:OWNS]->(s:Source {kind: 'statements'})
WHERE s.is_private_part IS NULL
CALL (s) {
  UNWIND $rows AS row
  MATCH (i:Identity {network: $network, key: row.by})-[e:INTERACTED {source: s.id, channel: row.channel}]->
    (j:Identity {network: $network, key: row.towards})
  DELETE e
  RETURN count(*) AS withdrawn
}
CALL (s) {
  MATCH (s)-[name:NAMES]->(i:Identity)
  WHERE name.is_owner IS NULL AND NOT EXISTS { (i)-[:INTERACTED {source: s.id}]-() }
  DELETE name
}
CALL (s) {
  WITH s, s.id + ' kept' AS private_part
  WHERE NOT EXISTS { ()-[:INTERACTED {source: s.id}]->() }
    AND NOT EXISTS { ()-[:INTERACTED {source: private_part}]->() }
  SET s.status = 'removing'
}
FOREACH (_ IN CASE WHEN withdrawn > 0 THEN [1] ELSE [] END |
  SET n.stale = true
  SET n.version = coalesce(n.version, 0) + 1)
RETURN withdrawn
