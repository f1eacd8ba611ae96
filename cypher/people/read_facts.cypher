// The facts from which people are derived: what these sources state about each identity, which of them list it, and its
// present person. In one row, like ingest/read_source_evidence.
//
// mode:    read
// params:  network, sources
// returns: identities
MATCH (i:Identity {network: $network})
WHERE i.key IS NOT NULL
RETURN collect([i.key,
  [(s:Source)-[n:NAMES]->(i) WHERE s.id IN $sources |
    [CASE WHEN s.is_private_part THEN s.id ELSE coalesce(s.parent, s.id) END, n.name, n.folded, n.title, n.company, n.company_key,
     n.since, n.until, n.seen, n.gone, n.part, n.is_owner, n.keys, n.sender_names, n.is_list]],
  [(s:Source)-[l:LISTS]->(i) WHERE s.id IN $sources AND l.gone IS NULL |
    CASE WHEN s.is_private_part THEN s.id ELSE coalesce(s.parent, s.id) END],
  head([(i)-[:OF]->(p:Person) | p.id])]) AS identities
