// Disconnect a Slack workspace: delete it, its tokens, its links to members and its open link codes. $installed_before, in
// milliseconds since 1970, keeps a workspace that was installed again after an uninstallation that is reported late.
//
// mode:    write
// params:  network, team, installed_before
// returns: team
MATCH (w:SlackWorkspace {network: $network, team: $team})
WHERE coalesce(w.installed_at < $installed_before, true)
CALL () {
  MATCH (u:SlackUser {network: $network, team: $team})
  DETACH DELETE u
}
CALL () {
  MATCH (c:SlackLinkCode {network: $network, team: $team})
  DELETE c
}
DETACH DELETE w
RETURN $team AS team
