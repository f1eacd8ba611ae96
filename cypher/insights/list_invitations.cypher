// List the invitations that the member's own sources state: sent by the member or received, open or accepted.
//
// `name` is how the sources call the person, null if they state none.
// `until` is the last day on which a source contained the invitation, null if the newest archive still contains it.
// `covered_until` is the last day that these sources cover.
//
// mode:    read
// params:  network, member, viewer_id, sources
// returns: id, name, day, is_sent, has_note, until, covered_until
MATCH (:Member {network: $network, id: $member})-[:OWNS]->(s:Source)-[n:NAMES]->(i:Identity)
WHERE s.id IN $sources AND n.is_sent_invitation IS NOT NULL
MATCH (i)-[:OF]->(p:Person)
WHERE p.id <> $viewer_id AND p.is_shared_mailbox IS NULL
WITH p, COLLECT { MATCH (s)-[m:NAMES]->(i) WHERE m.name IS NOT NULL RETURN max(m.name) }[0] AS name, n.since AS day, n.is_sent_invitation AS is_sent, n.has_note AS has_note, n.gone AS gone, s.coverage_until AS covered_until
RETURN p.id AS id, max(name) AS name, day, is_sent, max(has_note) AS has_note,
       CASE WHEN count(gone) < count(*) THEN null ELSE max(gone) END AS until,
       max(covered_until) AS covered_until
ORDER BY day, id
