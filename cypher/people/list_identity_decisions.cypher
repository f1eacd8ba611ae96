// The decisions of members on which identities are one person, newest first, each with its author.
//
// mode:    read
// params:  network
// returns: id, member, same, one, other, at
MATCH (m:Member)-[:DECIDED]->(d:Decision {network: $network})
WHERE d.id IS NOT NULL
RETURN d.id AS id, m.id AS member, d.same AS same, d.one AS one, d.other AS other, d.at AS at
ORDER BY d.number DESC
