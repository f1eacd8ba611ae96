// Remove a webhook. Repeating it changes nothing.
//
// mode:    write
// params:  network, id
// returns: deleted
MATCH (:Network {id: $network})-[:NOTIFIES]->(w:Webhook {network: $network, id: $id})
DETACH DELETE w
RETURN count(*) AS deleted
