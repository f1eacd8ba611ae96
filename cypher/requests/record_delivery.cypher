// Record whether a webhook accepted an event. The ids of the latest $most events stay stored, so that none is sent again.
//
// mode:    write
// params:  network, id, event, is_delivered, most
// returns: id
MATCH (:Network {id: $network})-[:NOTIFIES]->(w:Webhook {network: $network, id: $id})
SET w.delivered_at = CASE WHEN $is_delivered THEN timestamp() ELSE w.delivered_at END,
  w.failed_at = CASE WHEN $is_delivered THEN null ELSE timestamp() END,
  w.delivered = CASE WHEN $is_delivered THEN ([$event] + coalesce(w.delivered, []))[..$most] ELSE w.delivered END
RETURN w.id AS id
