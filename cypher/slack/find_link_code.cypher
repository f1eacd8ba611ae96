// The Slack user and the workspace of a valid link code. As with a token, the network is not known before.
//
// mode:    read
// params:  fingerprint
// returns: network, team, user, workspace
MATCH (c:SlackLinkCode {fingerprint: $fingerprint})
WHERE c.expires_at > timestamp()
MATCH (w:SlackWorkspace {network: c.network, team: c.team})
RETURN c.network AS network, c.team AS team, c.user AS user, w.name AS workspace
