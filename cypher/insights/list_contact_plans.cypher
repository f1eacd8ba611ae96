// The contact plans of a member. `people` are the person whom a plan is about, and the second person of a plan about two: null
// for one who has no identity left. After a split a plan stays with the person who has most of its identities.
//
// mode:    read
// params:  network, member
// returns: id, people, keys, other_keys, every_days, note, snoozed_on, snoozed_until, done_on, never_on
MATCH (:Member {network: $network, id: $member})-[:PLANS]->(c:ContactPlan)
RETURN c.id AS id,
  COLLECT {
    UNWIND [c.keys, c.other_keys] AS keys
    WITH keys WHERE size(keys) > 0
    RETURN COLLECT {
      UNWIND range(0, size(keys) - 1) AS n
      MATCH (:Identity {network: $network, key: keys[n]})-[:OF]->(p:Person)
      WITH p.id AS id, count(*) AS shared, min(n) AS first
      RETURN id
      ORDER BY shared DESC, first
      LIMIT 1
    }[0]
  } AS people,
  c.keys AS keys, c.other_keys AS other_keys, c.every_days AS every_days, c.note AS note, c.snoozed_on AS snoozed_on,
  c.snoozed_until AS snoozed_until, c.done_on AS done_on, c.never_on AS never_on
ORDER BY id
