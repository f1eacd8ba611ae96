// Find the companies in view that a name matches: the exact key, or else keys that start with it, or else keys with a
// word that starts with it. The full-text index only proposes.
//
// mode:    read
// params:  network, company, lucene, sources
// returns: key
CALL db.index.fulltext.queryNodes('company_keys', $lucene) YIELD node AS c
WHERE c.network = $network AND (' ' + c.key) CONTAINS (' ' + $company)
  AND EXISTS {
    (c)<-[:WORKS_AT]-(:Person)<-[:OF]-(:Identity)<-[n:NAMES]-(s:Source)
    WHERE s.id IN $sources AND n.company_key = c.key
  }
WITH c, CASE WHEN c.key = $company THEN 0 WHEN c.key STARTS WITH $company THEN 1 ELSE 2 END AS far
ORDER BY far, c.key
WITH collect({key: c.key, far: far}) AS found
UNWIND [hit IN found WHERE hit.far = found[0].far] AS hit
RETURN hit.key AS key
