// Add a webhook. Repeating it changes nothing. Returns no row if the network has $most others. The first SET locks the network.
//
// mode:    write
// params:  network, id, url, most
// returns: id
MATCH (n:Network {id: $network})
SET n.locked_at = timestamp()
WITH n
WHERE COUNT { (n)-[:NOTIFIES]->(w:Webhook) WHERE w.id <> $id } < $most
MERGE (n)-[:NOTIFIES]->(w:Webhook {network: $network, id: $id})
ON CREATE SET w.url = $url, w.created_at = timestamp()
RETURN w.id AS id
