// Who a member is so far. `own` are the identities that the member's own sources name as theirs, `identities` these and
// the others of the member's person that own sources name, `names` the names that own sources give any of them.
//
// mode:    read
// params:  network, member
// returns: name, own, identities, names
MATCH (m:Member {network: $network, id: $member})
CALL (m) {
  OPTIONAL MATCH (m)-[:OWNS]->(s:Source)-[n:NAMES {is_owner: true}]->(i:Identity)
  WHERE s.status <> 'loading' AND s.status <> 'removing'
  WITH i ORDER BY i.key
  RETURN collect(DISTINCT i) AS stated
}
CALL (m) {
  OPTIONAL MATCH (m)-[:IS]->(:Person)<-[:OF]-(i:Identity)
  WHERE EXISTS { (i)<-[:NAMES]-(:Source)<-[:OWNS]-(m) }
  RETURN collect(DISTINCT i) AS joined
}
CALL (m, stated, joined) {
  UNWIND stated + joined AS i
  MATCH (i)<-[n:NAMES]-(s:Source)<-[:OWNS]-(m)
  WHERE s.status <> 'loading' AND s.status <> 'removing' AND n.name IS NOT NULL
  RETURN collect(DISTINCT n.name) AS names
}
RETURN m.name AS name, [i IN stated | i.key] AS own,
  [i IN stated | i.key] + [i IN joined WHERE NOT i IN stated | i.key] +
    coalesce(m.confirmed_keys, []) AS identities,
  names
