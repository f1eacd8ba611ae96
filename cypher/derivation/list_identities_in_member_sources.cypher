// Every identity that a member's sources name, with its domain, its names and companies there, and the people that it is to
// the member: its person and those whom the member's private rows state to be the same. In one row, like ingest/read_source_evidence.
//
// mode:    read
// params:  network, member
// returns: identities
MATCH (:Member {network: $network, id: $member})-[:OWNS]->(:Source)-[n:NAMES]->(i:Identity)
WITH i, collect(DISTINCT n.folded) AS names, collect(DISTINCT n.company_key) AS companies
RETURN collect([i.key, i.domain, names, companies, COLLECT {
  MATCH (i)-[:OF]->(:Person)-[same:PROBABLE_DUPLICATE WHERE same.is_stated AND same.audience = $member]-{0,2}(p:Person)
  RETURN DISTINCT p.id
}]) AS identities
