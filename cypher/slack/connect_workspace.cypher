// Connect a Slack workspace to a network, or store the new tokens of a connected one. $token and $refresh_token are
// encrypted, and null where the settings contain the token. Returns no row if the workspace belongs to another network.
//
// mode:    write
// params:  network, team, name, member, token, refresh_token, lifetime_ms
// returns: team
MATCH (n:Network {id: $network})
MERGE (w:SlackWorkspace {team: $team})
ON CREATE SET w.network = $network, w.connected_at = timestamp()
WITH n, w
WHERE w.network = $network
SET w.name = $name, w.installed_at = timestamp(), w.connected_by = $member, w.token = $token,
  w.refresh_token = $refresh_token, w.expires_at = timestamp() + $lifetime_ms
REMOVE w.rotation, w.rotation_until
MERGE (n)-[:CONNECTS]->(w)
RETURN w.team AS team
