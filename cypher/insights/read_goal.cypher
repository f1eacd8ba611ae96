// Read what a member wants their network for. Only the member's own session asks it.
//
// mode:    read
// params:  network, member
// returns: purpose, stage, companies, roles, fields
MATCH (:Network {id: $network})-[:HAS]->(m:Member {network: $network, id: $member})
RETURN m.goal_purpose AS purpose, m.goal_stage AS stage, coalesce(m.goal_companies, []) AS companies,
  coalesce(m.goal_roles, []) AS roles, coalesce(m.goal_fields, []) AS fields
