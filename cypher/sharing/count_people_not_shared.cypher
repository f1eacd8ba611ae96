// How many people of a source would stay private if it were shared: those with personal mail domains, and hidden contacts.
//
// mode:    read
// params:  network, parts, own_keys, hidden_keys
// returns: personal_domain, hidden
MATCH (s:Source {network: $network})-[:NAMES]->(i:Identity)-[:OF]->(p:Person)
WHERE s.id IN $parts AND NOT i.key IN $own_keys
RETURN count(DISTINCT CASE WHEN i.domain IS NULL AND i.key STARTS WITH 'email:' THEN p END) AS personal_domain,
  count(DISTINCT CASE WHEN i.key IN $hidden_keys THEN p END) AS hidden
