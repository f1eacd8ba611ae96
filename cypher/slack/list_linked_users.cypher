// The Slack users of a workspace that codes linked to a member, the latest first.
//
// mode:    read
// params:  network, team, member
// returns: user
MATCH (:Member {network: $network, id: $member})-[:LINKED_TO]->(u:SlackUser {network: $network, team: $team})
RETURN u.user AS user
ORDER BY u.linked_at DESC, user
