// Create a one-time code that links a Slack user of a connected workspace to the member who redeems it. Deletes the user's
// earlier codes, and expired ones of the workspace.
//
// mode:    write
// params:  network, team, user, fingerprint, lifetime_ms
// returns: fingerprint
MATCH (w:SlackWorkspace {network: $network, team: $team})
CALL () {
  MATCH (c:SlackLinkCode {network: $network, team: $team})
  WHERE c.user = $user OR c.expires_at < timestamp()
  DELETE c
}
CREATE (c:SlackLinkCode {network: $network, team: $team, user: $user, fingerprint: $fingerprint,
  expires_at: timestamp() + $lifetime_ms})
RETURN c.fingerprint AS fingerprint
