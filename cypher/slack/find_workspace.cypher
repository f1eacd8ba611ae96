// The network of a Slack workspace, and its encrypted tokens. The network is not known yet: the request learns it from the
// workspace. `is_expiring` says that the token expires within $margin_ms.
//
// mode:    read
// params:  team, margin_ms
// returns: network, team, token, refresh_token, is_expiring
MATCH (w:SlackWorkspace {team: $team})
RETURN w.network AS network, w.team AS team, w.token AS token, w.refresh_token AS refresh_token,
  coalesce(w.expires_at < timestamp() + $margin_ms, false) AS is_expiring
