// List who knows the viewer and has a job at one of these companies, as sources in view state. A person is [id,
// employees, duplicates, strength, asleep, unreachable]. The job may be that of a probable duplicate: `employees` are the
// people with a job there, each as [id, whether such a job is present].
//
// The search begins with the ties to the viewer or with the jobs at the companies, whichever are fewer, so that it is short
// for a large company and for a viewer whom many people know. The conditions on it are in the index seeks: a plan may
// evaluate any other after them. All people are in one row for speed (lookup/read_profiles).
//
// mode:    read
// params:  network, viewer_id, sources, companies, audiences, circle
// returns: people
CALL () {
  MATCH ()-[k:KNOWS]->()
  USING INDEX SEEK k:KNOWS(towards, audience, strength)
  WHERE k.towards = $viewer_id AND k.audience IN $audiences AND k.strength >= 0.0
  RETURN count(k) AS ties
}
CALL () {
  MATCH ()-[n:NAMES]->()
  USING INDEX SEEK n:NAMES(source, company_key)
  WHERE n.source IN $sources AND n.company_key IN $companies
  RETURN count(n) AS jobs
}
CALL (ties, jobs) {
  MATCH (one:Person)-[k:KNOWS]->()
  USING INDEX SEEK k:KNOWS(towards, audience, strength)
  WHERE k.towards = CASE WHEN ties <= jobs THEN $viewer_id END AND k.audience IN $audiences AND k.strength >= 0.0
  RETURN one, max(k.strength) AS strength, min(coalesce(k.asleep, false)) AS asleep,
         max(coalesce(k.unreachable, false)) AS unreachable
UNION
  MATCH ()-[n:NAMES]->(i)
  USING INDEX SEEK n:NAMES(source, company_key)
  WHERE n.source IN CASE WHEN ties > jobs THEN $sources ELSE [] END AND n.company_key IN $companies
  CALL (i) {
    MATCH (i)-[:OF]->(there)
    RETURN there
  }
  WITH DISTINCT there
  CALL (there) {
    RETURN there AS one
  UNION
    MATCH (there)-[alike:PROBABLE_DUPLICATE WHERE alike.audience IN $circle]-(one:Person)
    RETURN one
  }
  WITH DISTINCT one
  MATCH (one)-[k:KNOWS]->()
  USING INDEX SEEK k:KNOWS(by, audience, strength)
  WHERE k.by = one.id AND k.audience IN $audiences AND k.strength >= 0.0 AND k.towards = $viewer_id
  RETURN one, max(k.strength) AS strength, min(coalesce(k.asleep, false)) AS asleep,
         max(coalesce(k.unreachable, false)) AS unreachable
}
WITH one, strength, asleep, unreachable
WHERE one.network = $network
WITH one, strength, asleep, unreachable, COLLECT {
  MATCH (one)-[alike:PROBABLE_DUPLICATE WHERE alike.audience IN $circle]-(duplicate:Person)
  RETURN duplicate
} AS duplicates
UNWIND [one] + duplicates AS there
CALL (there) {
  MATCH (there)<-[:OF]-(i)
  CALL (i) {
    MATCH (i)<-[n:NAMES]-()
    WHERE n.source IN $sources AND n.company_key IN $companies
    RETURN n
  }
  RETURN max(n.until IS NULL AND n.gone IS NULL) AS is_current
}
WITH one, strength, asleep, unreachable, duplicates, there, is_current
WHERE is_current IS NOT NULL AND there.id <> $viewer_id
WITH one, strength, asleep, unreachable, duplicates, collect([there.id, is_current]) AS employees
RETURN collect([one.id, employees, [duplicate IN duplicates | duplicate.id], strength, asleep,
  unreachable]) AS people
