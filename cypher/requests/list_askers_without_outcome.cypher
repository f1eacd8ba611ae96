// The members who asked for an introduction that was made, or for which they may mention a name, and to whom no outcome was
// suggested yet. `version` is that of the network, which changes with its evidence.
//
// mode:    read
// params:  network
// returns: version, askers
MATCH (n:Network {id: $network})
OPTIONAL MATCH (r:IntroductionRequest {network: $network})
WHERE r.expires_at > timestamp() AND r.status IN ['introduced', 'mention_only'] AND r.suggested_at IS NULL
RETURN coalesce(n.version, 0) AS version, collect(DISTINCT r.asker) AS askers
