// List the people with an address at a domain that a source in view has, and their companies, present or former, as
// sources in view state them.
//
// mode:    read
// params:  network, domain, sources
// returns: id, keys
MATCH (i:Identity {network: $network, domain: $domain})-[:OF]->(p:Person)
WHERE EXISTS { (i)<-[:NAMES]-(s:Source) WHERE s.id IN $sources }
WITH DISTINCT p
RETURN p.id AS id,
       COLLECT {
         MATCH (p)<-[:OF]-(:Identity)<-[n:NAMES]-(s:Source)
         WHERE s.id IN $sources AND n.company_key IS NOT NULL
         RETURN DISTINCT n.company_key
       } AS keys
