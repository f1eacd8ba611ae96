// Every identity that a member's sources name, with its domain, its names and companies there, and its present person.
// In one row, like ingest/read_source_evidence.
//
// mode:    read
// params:  network, member
// returns: identities
MATCH (:Member {network: $network, id: $member})-[:OWNS]->(:Source)-[n:NAMES]->(i:Identity)
WITH i, collect(DISTINCT n.folded) AS names, collect(DISTINCT n.company_key) AS companies
RETURN collect([i.key, i.domain, names, companies, head([(i)-[:OF]->(p:Person) | p.id])]) AS identities
