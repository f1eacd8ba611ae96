// Replace what a member chose as introducer. A null value removes a choice. Repeating it changes nothing.
//
// mode:    write
// params:  network, member, cap, cap_per_asker, not_before, quiet_from, quiet_until, quiet_zone, no_go_keys, no_go_companies
// returns: member
MATCH (:Network {id: $network})-[:HAS]->(m:Member {network: $network, id: $member})
SET m.request_cap = $cap, m.request_cap_per_asker = $cap_per_asker, m.requests_not_before = $not_before,
  m.quiet_from = $quiet_from, m.quiet_until = $quiet_until, m.quiet_zone = $quiet_zone,
  m.no_go_keys = $no_go_keys, m.no_go_companies = $no_go_companies
RETURN m.id AS member
