// Claim the rotation of a workspace's token for $lease_ms: a refresh token is valid once, and a second use revokes all
// tokens. Returns no row if another caller has the claim, or if the token was rotated since it was read. The first SET
// locks the node.
//
// mode:    write
// params:  network, team, claim, refresh_token, lease_ms
// returns: team
MATCH (w:SlackWorkspace {network: $network, team: $team})
SET w.locked_at = timestamp()
WITH w
WHERE w.refresh_token = $refresh_token AND coalesce(w.rotation_until < timestamp(), true)
SET w.rotation = $claim, w.rotation_until = timestamp() + $lease_ms
RETURN w.team AS team
