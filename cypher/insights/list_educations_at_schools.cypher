// List who studied at schools whose names contain one of these texts from the beginning of a word, with the days of the
// studies, as sources in view state them now. A row of `educations` is [person, key of the school, first day, last day], all
// in one row for speed (lookup/read_profiles). The index by source makes the work independent of what other sources state.
// Days are those of the sources $dated only.
//
// mode:    read
// params:  network, sources, dated, schools
// returns: educations
MATCH ()-[n:NAMES]->(i)
USING INDEX SEEK n:NAMES(source, school_key)
WHERE n.source IN $sources AND n.school_key IS NOT NULL
WITH n, i
WHERE n.network = $network AND n.gone IS NULL AND any(school IN $schools WHERE (' ' + n.school_key) CONTAINS (' ' + school))
CALL (i) {
  MATCH (i)-[:OF]->(p)
  RETURN p
}
RETURN collect(DISTINCT [p.id, n.school_key, CASE WHEN n.source IN $dated THEN n.since END,
  CASE WHEN n.source IN $dated THEN n.until END]) AS educations
