// The member to whom a Slack user was linked by a code.
//
// mode:    read
// params:  network, team, user
// returns: member
MATCH (u:SlackUser {network: $network, team: $team, user: $user})<-[:LINKED_TO]-(m:Member)
WHERE m.role IS NOT NULL
RETURN m.id AS member
