// How many people of a source its owner would keep: those of personal mail domains, and those whom the owner conceals.
//
// mode:    read
// params:  network, halves, own, out
// returns: personal, concealed
MATCH (s:Source {network: $network})-[:NAMES]->(i:Identity)-[:OF]->(p:Person)
WHERE s.id IN $halves AND NOT i.key IN $own
RETURN count(DISTINCT CASE WHEN i.domain IS NULL AND i.key STARTS WITH 'email:' THEN p END) AS personal,
  count(DISTINCT CASE WHEN i.key IN $out THEN p END) AS concealed
