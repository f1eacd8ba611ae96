// List some people with all jobs that sources in view state of them. Each has the columns of list_facts_at_companies. All
// are in one row for speed (lookup/read_profiles).
//
// mode:    read
// params:  network, sources, ids
// returns: people
MATCH (p:Person {network: $network})
WHERE p.id IN $ids
CALL (p) {
  MATCH (p)<-[:OF]-(i)
  CALL (i) {
    MATCH (i)<-[n:NAMES]-()
    WHERE coalesce(n.source, '') IN $sources AND n.company_key IS NOT NULL
    RETURN n
  }
  WITH n ORDER BY n.key
  RETURN collect([n.source, n.name, n.folded, n.title, n.company, n.company_key, n.since, n.until, n.seen, n.gone, n.part,
    n.is_owner, n.keys]) AS facts
}
WITH p, facts
ORDER BY p.id
RETURN collect({id: p.id, facts: facts}) AS people
