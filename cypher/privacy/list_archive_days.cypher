// The days on which members archived somebody with this identity, for the holder of it. Not who did it.
//
// mode:    read
// params:  network, key
// returns: day
MATCH (:Network {id: $network})-[:HAS]->(:Member)-[:ARCHIVES]->(a:ArchivedConnection)
WHERE $key IN a.keys
RETURN a.day AS day
ORDER BY day
