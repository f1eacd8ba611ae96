// Everybody whom a member's sources name: by which identity, of which domain, under which names, at which companies, and who
// that is so far. In one row, like source_evidence.
//
// mode:    read
// params:  network, member
// returns: identities
MATCH (:Member {network: $network, id: $member})-[:OWNS]->(:Source)-[n:NAMES]->(i:Identity)
WITH i, collect(DISTINCT n.folded) AS names, collect(DISTINCT n.company_key) AS companies
RETURN collect([i.key, i.domain, names, companies, head([(i)-[:OF]->(p:Person) | p.id])]) AS identities
