// The state of a network that every command and request reads first: day, sources and their status, members, settings.
//
// A source counts nowhere while it is loaded for the first time or removed. The sources of a departed member count
// nowhere from the moment of leaving, except shared ones in a network that keeps those. `excluded_introducers` are triples
// of the member for whom a person is excluded, null for all members, the person, and the member who decided it. `objectors` are the people who
// objected themselves: no route leads to them either. `archived_people` are pairs of a member and a person whom the member
// archived.
//
// mode:    read
// params:  network
// returns: version, ties_id, as_of, day_is_pinned, is_stale, lease_holder, lease_is_active, evidence_count, retention_months, fit, introducer_visibility, excluded_introducers, objectors, archived_people, members, sources
MATCH (n:Network {id: $network})
RETURN coalesce(n.version, 0) AS version,
  n.ties_id AS ties_id,
  n.as_of AS as_of,
  n.day_is_pinned AS day_is_pinned,
  n.stale AS is_stale,
  n.lease_holder AS lease_holder,
  n.lease_holder IS NOT NULL AND n.lease_expires_at >= timestamp() AS lease_is_active,
  COUNT { ()-[:INTERACTED]->() } AS evidence_count,
  n.retention_months AS retention_months,
  CASE WHEN n.fit_version IS NOT NULL THEN {
    shift: n.fit_shift, day: n.fit_day, version: n.fit_version, asks: n.fit_asks,
    shipped: n.fit_shipped, fitted: n.fit_fitted
  } END AS fit,
  n.introducer_visibility AS introducer_visibility,
  COLLECT {
    CALL (n) {
      MATCH (n)-[:EXCLUDES]->(x:ExcludedIntroducer)
      RETURN null AS by, x
    UNION ALL
      MATCH (n)-[:HAS]->(m:Member)-[:EXCLUDES]->(x:ExcludedIntroducer)
      RETURN m.id AS by, x
    }
    UNWIND x.keys AS key
    MATCH (:Identity {network: $network, key: key})-[:OF]->(p:Person)
    MATCH (p)-[duplicate:PROBABLE_DUPLICATE WHERE duplicate.audience IN ['network', by]]-{0,1}(q:Person)
    // an objection counts for the proved identity only, not for people who resemble it
    WITH by, p, q, x WHERE x.is_objection IS NULL OR p = q
    RETURN DISTINCT [by, q.id, coalesce(by, x.excluded_by)]
  } AS excluded_introducers,
  COLLECT {
    MATCH (n)-[:EXCLUDES]->(x:ExcludedIntroducer)
    WHERE x.is_objection
    UNWIND x.keys AS key
    MATCH (:Identity {network: $network, key: key})-[:OF]->(p:Person)
    RETURN DISTINCT p.id
  } AS objectors,
  COLLECT {
    MATCH (n)-[:HAS]->(m:Member)-[:ARCHIVES]->(a:ArchivedConnection)
    UNWIND a.keys AS key
    MATCH (:Identity {network: $network, key: key})-[:OF]->(p:Person)
    MATCH (p)-[duplicate:PROBABLE_DUPLICATE WHERE duplicate.audience IN ['network', m.id]]-{0,1}(q:Person)
    RETURN DISTINCT [m.id, q.id]
  } AS archived_people,
  COLLECT {
    MATCH (n)-[:HAS]->(m:Member)
    RETURN {
      id: m.id, person: head([(m)-[:IS]->(p:Person) | p.id]), role: m.role, departed: m.departed,
      confirmed_keys: coalesce(m.confirmed_keys, []), name: m.name
    }
    ORDER BY coalesce(m.joined_at, 0), m.id
  } AS members,
  COLLECT {
    MATCH (n)-[:HAS]->(m:Member)-[:OWNS]->(s:Source)
    WHERE s.is_private_part IS NULL
    WITH {
      id: s.id, kind: s.kind, account: s.account, sharing_level: s.sharing_level,
      shares_third_party_ties: s.shares_third_party_ties IS NOT NULL,
      status: CASE
        WHEN m.role IS NULL AND (s.sharing_level = 'private' OR coalesce(n.leaving_policy, 'remove') = 'remove')
          THEN 'removing'
        ELSE s.status
      END,
      coverage_until: s.coverage_until, loaded_on: s.loaded_on, parent: s.parent, parts: s.parts, member: m.id,
      private_part: head([(m)-[:OWNS]->(k:Source {parent: s.id, is_private_part: true}) | k.id])
    } AS source
    // a source that is deleted during this query has lost properties
    WHERE none(key IN ['id', 'kind', 'sharing_level', 'status'] WHERE source[key] IS NULL)
    RETURN source
    ORDER BY source.kind, source.account, source.id
  } AS sources
