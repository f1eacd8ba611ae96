// The loads that a member asked for, the newest first; one of them where $id names it.
//
// mode:    read
// params:  network, member, id, limit
// returns: id, name, said, at, status, told, failed
MATCH (:Member {network: $network, id: $member})-[:ASKED]->(j:Job)
WHERE $id IS NULL OR j.id = $id
RETURN j.id AS id, j.name AS name, j.said AS said, j.at AS at, j.status AS status, j.told AS told, j.failed AS failed
ORDER BY at DESC, id
LIMIT $limit
