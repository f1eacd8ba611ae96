// Store the encrypted tokens that the holder of the claim received. Returns no row if the claim is another's by now.
//
// mode:    write
// params:  network, team, claim, token, refresh_token, lifetime_ms
// returns: team
MATCH (w:SlackWorkspace {network: $network, team: $team})
SET w.locked_at = timestamp()
WITH w
WHERE w.rotation = $claim
SET w.token = $token, w.refresh_token = $refresh_token, w.expires_at = timestamp() + $lifetime_ms
REMOVE w.rotation, w.rotation_until
RETURN w.team AS team
