// Archive people for this member. A row is {id, person, keys, rule}: the identities `keys` of one person. Repeating it
// changes nothing, and the day of the first time stays. People on the route of a request of the member in one of
// $open_states are not archived. If the member does not see the introducer of the request, that is its target only. The
// first SET locks the network, as in requests/send_request.
//
// mode:    write
// params:  network, member, rows, day, open_states
// returns: person, is_in_use
MATCH (n:Network {id: $network})-[:HAS]->(m:Member {network: $network, id: $member})
SET n.locked_at = timestamp()
WITH n, m
UNWIND $rows AS row
WITH n, m, row, EXISTS {
  MATCH (m)-[:ASKED]->(r:IntroductionRequest)
  WHERE r.status IN $open_states AND (last(r.keys) IN row.keys OR any(key IN r.keys WHERE key IN row.keys) AND NOT (
    coalesce(r.is_hidden, false) AND none(status IN r.statuses WHERE status IN ['accepted', 'mention_only'])))
} AS is_in_use
CALL (n, m, row, is_in_use) {
  WITH n, m, row WHERE NOT is_in_use
  MERGE (a:ArchivedConnection {network: $network, id: row.id})
  ON CREATE SET a.is_new = true, a.keys = row.keys, a.day = $day, a.rule = row.rule
  MERGE (m)-[:ARCHIVES]->(a)
  FOREACH (_ IN CASE WHEN a.is_new THEN [1] ELSE [] END |
    REMOVE a.is_new
    SET n.version = coalesce(n.version, 0) + 1)
}
RETURN row.person AS person, is_in_use
