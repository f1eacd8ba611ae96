// The webhooks of a network, the first created first. `delivered` are the ids of the latest events that it accepted.
//
// mode:    read
// params:  network
// returns: id, url, created_at, delivered, delivered_at, failed_at
MATCH (:Network {id: $network})-[:NOTIFIES]->(w:Webhook)
RETURN w.id AS id, w.url AS url, w.created_at AS created_at, coalesce(w.delivered, []) AS delivered,
  w.delivered_at AS delivered_at, w.failed_at AS failed_at
ORDER BY created_at, id
