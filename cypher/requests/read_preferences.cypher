// What a member chose as introducer. Null where the member chose nothing.
//
// mode:    read
// params:  network, member
// returns: cap, cap_per_asker, not_before, quiet_from, quiet_until, quiet_zone, no_go_keys, no_go_companies
MATCH (:Network {id: $network})-[:HAS]->(m:Member {network: $network, id: $member})
RETURN m.request_cap AS cap, m.request_cap_per_asker AS cap_per_asker, m.requests_not_before AS not_before,
  m.quiet_from AS quiet_from, m.quiet_until AS quiet_until, m.quiet_zone AS quiet_zone,
  coalesce(m.no_go_keys, []) AS no_go_keys, coalesce(m.no_go_companies, []) AS no_go_companies
