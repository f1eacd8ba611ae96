// Create a source, or the stage of its next load, with status 'loading', so that its rows do not count yet.
//
// mode:    write
// params:  network, member, source, parent, kind, account, sharing_level, third_party_ties
// returns: source
MATCH (m:Member {network: $network, id: $member})
MERGE (s:Source {network: $network, id: $source})
ON CREATE SET s.kind = $kind, s.account = $account, s.sharing_level = $sharing_level,
  s.shares_third_party_ties = $third_party_ties, s.status = 'loading', s.parent = $parent
MERGE (m)-[:OWNS]->(s)
RETURN s.id AS source
