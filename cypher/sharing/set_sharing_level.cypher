// Set how far a source is shared. Ties are stale after it.
//
// mode:    write
// params:  network, source, sharing_level, third_party_ties
// returns: source
MATCH (n:Network {id: $network})
SET n.stale = true
SET n.version = coalesce(n.version, 0) + 1
WITH n
MATCH (s:Source {network: $network, id: $source})
SET s.sharing_level = $sharing_level, s.shares_third_party_ties = CASE WHEN $third_party_ties THEN true END
RETURN s.id AS source
