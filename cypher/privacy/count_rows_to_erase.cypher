// What sources in view state about identities: their names, the sources, those that name it as their owner's
// (`claimed_by`), the number of names and list entries, and the number of days of contact. Only $evidence_sources are
// counted. `linked` are pairs of another identity that a source in view names, and a source with a row that states both.
// An identity that no source names has no row.
//
// mode:    read
// params:  network, keys, sources, evidence_sources
// returns: key, names, named_by, claimed_by, linked, facts, contact_days
UNWIND $keys AS key
MATCH (i:Identity {network: $network, key: key})<-[n:NAMES]-(s:Source)
WHERE s.id IN $sources
WITH i, collect(DISTINCT n.name) AS names, collect(DISTINCT coalesce(s.parent, s.id)) AS named_by,
  collect(DISTINCT CASE WHEN n.is_owner THEN coalesce(s.parent, s.id) END) AS claimed_by
RETURN i.key AS key, names, named_by, claimed_by,
  COLLECT {
    MATCH (i)<-[n:NAMES]-(s:Source)
    WHERE s.id IN $sources
    UNWIND n.keys AS other
    WITH DISTINCT i, other, coalesce(s.parent, s.id) AS source
    WHERE other <> i.key AND EXISTS {
      MATCH (:Identity {network: $network, key: other})<-[:NAMES]-(t:Source)
      WHERE t.id IN $sources
    }
    RETURN [other, source]
  } AS linked,
  COUNT { (i)<-[:NAMES|LISTS]-(x:Source) WHERE x.id IN $evidence_sources } AS facts,
  reduce(total = 0, number IN COLLECT {
    MATCH (i)-[e:INTERACTED]-(:Identity)
    WHERE coalesce(e.source, '') IN $evidence_sources
    RETURN size(e.days)
  } | total + number) AS contact_days
