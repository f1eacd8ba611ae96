// Find people with a name that is spelt like the words asked for, with the names that sources in view give.
//
// The full-text index only proposes, and holds names of sources out of view too. The caller compares the names.
// `lucene` has the network in quotes, because an unquoted term returns people of other networks.
//
// mode:    read
// params:  network, lucene, sources, limit
// returns: id, names
CALL db.index.fulltext.queryNodes('person_names', $lucene, {limit: $limit}) YIELD node AS p
WHERE p.network = $network AND NOT coalesce(p.is_shared_mailbox, false)
MATCH (p)<-[:OF]-(:Identity)<-[n:NAMES]-(s:Source)
WHERE s.id IN $sources AND n.name <> ''
RETURN p.id AS id, collect(DISTINCT n.name) AS names
