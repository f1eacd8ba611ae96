// List the companies that sources in view name and whose key starts with a text; with `anywhere`, those with a word that
// starts with it. The index by source makes the work independent of what other sources name.
//
// mode:    read
// params:  network, sources, company, anywhere
// returns: key
CALL () {
  MATCH ()-[n:NAMES]->()
  USING INDEX SEEK n:NAMES(source, company_key)
  WHERE NOT $anywhere AND n.source IN $sources AND n.company_key STARTS WITH $company
  RETURN n.network AS network, n.company_key AS key
UNION
  MATCH ()-[n:NAMES]->()
  USING INDEX SEEK n:NAMES(source, company_key)
  WHERE $anywhere AND n.source IN $sources AND n.company_key CONTAINS $company
  RETURN n.network AS network, n.company_key AS key
}
WITH network, key
WHERE network = $network AND (NOT $anywhere OR (' ' + key) CONTAINS (' ' + $company))
RETURN DISTINCT key ORDER BY key
