// What became of the sent requests of a network, without names, texts or ids: the score of the route, the states in order, and
// the outcome. Of a route with a strength label only, `score` is null.
//
// mode:    read
// params:  network
// returns: score, statuses, outcome
MATCH (r:IntroductionRequest {network: $network})
WHERE r.sent_at > 0
RETURN r.score AS score, r.statuses AS statuses, r.outcome AS outcome
ORDER BY r.sent_at, r.id
