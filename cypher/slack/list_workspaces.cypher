// The Slack workspaces that are connected to a network, the first connected first.
//
// mode:    read
// params:  network
// returns: team, name, connected_at, connected_by
MATCH (w:SlackWorkspace {network: $network})
RETURN w.team AS team, w.name AS name, w.connected_at AS connected_at, w.connected_by AS connected_by
ORDER BY connected_at, team
