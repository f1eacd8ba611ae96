// The decisions of members on which identities are one person, newest first, each with its author.
//
// mode:    read
// params:  network
// returns: id, member, is_same_person, first_keys, second_keys, day
MATCH (m:Member)-[:DECIDED]->(d:IdentityDecision {network: $network})
WHERE d.id IS NOT NULL
RETURN d.id AS id, m.id AS member, d.is_same_person AS is_same_person,
  d.first_keys AS first_keys, d.second_keys AS second_keys, d.day AS day
ORDER BY d.sequence DESC
