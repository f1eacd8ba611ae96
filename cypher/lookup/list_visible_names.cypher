// List the names that sources in view give to people, if one of their words starts with one of some letters.
//
// The work depends on what these sources name only: it starts at the sources, and the subqueries leave the planner no
// choice. So a service can suggest similar names without revealing in its time what others keep private.
//
// mode:    read
// params:  network, sources, initials
// returns: id, name
UNWIND $sources AS source
MATCH (s:Source {network: $network, id: source})
CALL (s) {
  MATCH (s)-[n:NAMES]->(i)
  UNWIND [n.folded, n.latin] AS name
  WITH i, name
  WHERE any(word IN split(name, ' ') WHERE left(word, 1) IN $initials)
  RETURN DISTINCT i, name
}
CALL (i) {
  MATCH (i)-[:OF]->(p)
  WHERE NOT coalesce(p.is_shared_mailbox, false)
  RETURN p
}
RETURN DISTINCT p.id AS id, name
