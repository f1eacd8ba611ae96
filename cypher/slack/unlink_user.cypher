// Remove the link of a Slack user to a member. Returns no row if there is none.
//
// mode:    write
// params:  network, team, user
// returns: user
MATCH (u:SlackUser {network: $network, team: $team, user: $user})
DETACH DELETE u
RETURN $user AS user
