// Count the people of whom a source in view states a job at these companies. The patterns leave the planner no choice, so
// that the work does not depend on what other sources state.
//
// mode:    read
// params:  network, sources, companies
// returns: people
MATCH ()-[n:NAMES]->(i)
USING INDEX SEEK n:NAMES(source, company_key)
WHERE n.source IN $sources AND n.company_key IN $companies
WITH DISTINCT i, n.network AS network
WHERE network = $network
CALL (i) {
  MATCH (i)-[:OF]->(p)
  RETURN p
}
RETURN count(DISTINCT p) AS people
