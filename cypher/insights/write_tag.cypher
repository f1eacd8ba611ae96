// Create or change a tag of a member. `is_shared` null keeps it as it is, and a new tag is private. $added and $removed are
// identities. Repeating it changes nothing.
//
// mode:    write
// params:  network, member, id, name, folded, is_shared, added, removed
// returns: id, is_new
MATCH (n:Network {id: $network})-[:HAS]->(m:Member {network: $network, id: $member})
OPTIONAL MATCH (old:Tag {network: $network, id: $id})
WITH n, m, old IS NULL AS is_new, old IS NULL OR coalesce(old.is_shared <> $is_shared, false)
  OR any(key IN $added WHERE NOT key IN old.keys) OR any(key IN $removed WHERE key IN old.keys) AS is_change
FOREACH (_ IN CASE WHEN is_change THEN [1] ELSE [] END |
  SET n.version = coalesce(n.version, 0) + 1
  MERGE (t:Tag {network: $network, id: $id})
  ON CREATE SET t.name = $name, t.folded = $folded, t.is_shared = false, t.keys = []
  SET t.is_shared = coalesce($is_shared, t.is_shared),
    t.keys = [key IN t.keys WHERE NOT key IN $removed] + [key IN $added WHERE NOT key IN t.keys]
  MERGE (m)-[:TAGS]->(t)
)
RETURN $id AS id, is_new
