// Replace what a member wants their network for; nulls remove it. Repeating it changes nothing.
//
// mode:    write
// params:  network, member, purpose, stage, companies, roles, fields
// returns: member
MATCH (:Network {id: $network})-[:HAS]->(m:Member {network: $network, id: $member})
SET m.goal_purpose = $purpose, m.goal_stage = $stage, m.goal_companies = $companies, m.goal_roles = $roles,
  m.goal_fields = $fields
RETURN m.id AS member
