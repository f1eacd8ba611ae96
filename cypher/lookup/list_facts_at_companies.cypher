// List the people of whom a source in view states a job at these companies, with all jobs that sources in view state.
//
// The columns of a fact are those of people/read_facts, without the names of senders. The patterns leave the planner no
// choice, so that the work does not depend on what other sources state.
//
// mode:    read
// params:  network, sources, companies
// returns: id, facts
MATCH ()-[n:NAMES]->(i)
USING INDEX SEEK n:NAMES(source, company_key)
WHERE n.source IN $sources AND n.company_key IN $companies
WITH DISTINCT i, n.network AS network
WHERE network = $network
CALL (i) {
  MATCH (i)-[:OF]->(p)
  RETURN p
}
WITH DISTINCT p
CALL (p) {
  MATCH (p)<-[:OF]-(i)
  CALL (i) {
    MATCH (i)<-[n:NAMES]-()
    WHERE n.source IN $sources AND n.company_key IS NOT NULL
    RETURN n
  }
  WITH n ORDER BY n.key
  RETURN collect([n.source, n.name, n.folded, n.title, n.company, n.company_key, n.since, n.until, n.seen, n.gone, n.part,
    n.is_owner, n.keys]) AS facts
}
RETURN p.id AS id, facts
ORDER BY id
