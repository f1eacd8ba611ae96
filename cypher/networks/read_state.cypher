// Everything a command needs to know before it starts: the day, the sources and their state, who the members are.
// A source that is being loaded for the first time counts nowhere yet, one that is being removed nowhere any more; so is
// what somebody brought who has left, from the moment that they left: their private sources, and the shared ones unless
// the network keeps those. `passed_over` has whom no route is to lead through, for one member or, with none, for all;
// `objected` those of them to whom none is to lead either.
//
// mode:    read
// params:  network
// returns: as_of, held, stale, busy_by, busy, evidence, keeps, fit, reveal, passed_over, objected, members, sources
MATCH (n:Network {id: $network})
RETURN n.as_of AS as_of,
  n.held AS held,
  n.stale AS stale,
  n.busy_by AS busy_by,
  n.busy_by IS NOT NULL AND n.busy_until >= timestamp() AS busy,
  COUNT { ()-[:INTERACTED]->() } AS evidence,
  n.keeps AS keeps,
  CASE WHEN n.fit_version IS NOT NULL THEN {
    shift: n.fit_shift, day: n.fit_day, version: n.fit_version, asks: n.fit_asks,
    shipped: n.fit_shipped, fitted: n.fit_fitted
  } END AS fit,
  n.reveal AS reveal,
  COLLECT {
    CALL (n) {
      MATCH (n)-[:PASSES_OVER]->(x:NotARoute)
      RETURN null AS by, x
    UNION ALL
      MATCH (n)-[:HAS]->(m:Member)-[:PASSES_OVER]->(x:NotARoute)
      RETURN m.id AS by, x
    }
    UNWIND x.keys AS key
    MATCH (:Identity {network: $network, key: key})-[:OF]->(p:Person)
    MATCH (p)-[alike:PROBABLY WHERE alike.audience IN ['network', by]]-{0,1}(q:Person)
    RETURN DISTINCT [by, q.id]
  } AS passed_over,
  COLLECT {
    MATCH (n)-[:PASSES_OVER]->(x:NotARoute)
    WHERE x.objected
    UNWIND x.keys AS key
    MATCH (:Identity {network: $network, key: key})-[:OF]->(p:Person)
    RETURN DISTINCT p.id
  } AS objected,
  COLLECT {
    MATCH (n)-[:HAS]->(m:Member)
    RETURN {id: m.id, person: head([(m)-[:IS]->(p:Person) | p.id]), role: m.role, leaving: m.leaving, key: m.key}
    ORDER BY m.id
  } AS members,
  COLLECT {
    MATCH (n)-[:HAS]->(m:Member)-[:OWNS]->(s:Source)
    WHERE s.kept IS NULL
    RETURN {
      id: s.id, kind: s.kind, account: s.account, sharing: s.sharing, others: s.others IS NOT NULL,
      status: CASE
        WHEN m.role IS NULL AND (s.sharing = 'private' OR coalesce(n.on_leave, 'away') = 'away') THEN 'removing'
        ELSE s.status
      END,
      seen_until: s.seen_until, loaded: s.loaded, of: s.of, parts: s.parts, member: m.id,
      kept: head([(m)-[:OWNS]->(k:Source {of: s.id, kept: true}) | k.id])
    }
    ORDER BY s.kind, s.account, s.id
  } AS sources
