// A source, or the staging place of its next load, that counts nowhere yet.
//
// mode:    write
// params:  network, member, source, of, kind, account, sharing, others
// returns: source
MATCH (m:Member {network: $network, id: $member})
MERGE (s:Source {network: $network, id: $source})
ON CREATE SET s.kind = $kind, s.account = $account, s.sharing = $sharing, s.others = $others, s.status = 'loading', s.of = $of
MERGE (m)-[:OWNS]->(s)
RETURN s.id AS source
