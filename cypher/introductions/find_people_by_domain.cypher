// List the people with an address at a domain that a source in view has, and their companies, present or former, as
// sources in view state them. The patterns leave the planner no choice, as in lookup/list_facts_at_companies.
//
// mode:    read
// params:  network, domain, sources
// returns: id, keys
MATCH ()-[n:NAMES]->(i)
USING INDEX SEEK n:NAMES(source, domain)
WHERE n.source IN $sources AND n.domain = $domain
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
    RETURN n.company_key AS key
  }
  RETURN collect(DISTINCT key) AS keys
}
RETURN p.id AS id, keys
