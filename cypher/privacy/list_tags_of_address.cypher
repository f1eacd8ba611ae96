// The names of the tags of members that contain this identity, for the holder of it. Not whose tags they are.
//
// mode:    read
// params:  network, key
// returns: name
MATCH (:Network {id: $network})-[:HAS]->(:Member)-[:TAGS]->(t:Tag)
WHERE $key IN t.keys
RETURN DISTINCT t.name AS name
ORDER BY name
