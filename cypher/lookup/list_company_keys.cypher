// List the key of the company that is $company, if sources in view name it. Otherwise list those that start with it, or
// else those with a word that starts with it. The index by source makes the work independent of what other sources name.
//
// mode:    read
// params:  network, sources, company
// returns: key
CALL () {
  MATCH ()-[n:NAMES]->()
  USING INDEX SEEK n:NAMES(source, company_key)
  WHERE n.source IN $sources AND n.company_key = $company
  WITH n.network AS network, n.company_key AS key
  WHERE network = $network
  WITH key LIMIT 1
  RETURN collect(key) AS exact
}
CALL (exact) {
  MATCH ()-[n:NAMES]->()
  USING INDEX SEEK n:NAMES(source, company_key)
  WHERE n.source IN CASE WHEN exact = [] THEN $sources ELSE [] END AND n.company_key STARTS WITH $company
  WITH n.network AS network, n.company_key AS key
  WHERE network = $network
  RETURN collect(DISTINCT key) AS starting
}
CALL (exact, starting) {
  MATCH ()-[n:NAMES]->()
  USING INDEX SEEK n:NAMES(source, company_key)
  WHERE n.source IN CASE WHEN exact + starting = [] THEN $sources ELSE [] END AND n.company_key CONTAINS $company
  WITH n.network AS network, n.company_key AS key
  WHERE network = $network AND (' ' + key) CONTAINS (' ' + $company)
  RETURN collect(DISTINCT key) AS containing
}
UNWIND exact + starting + containing AS key
RETURN key ORDER BY key
