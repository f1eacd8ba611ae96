// List the people whom the member's own sources list on a day, except shared mailboxes. A row of `entries` is
// [source, day since which the person is a connection]; the day is null where the source does not state it. A row of
// `people` is [id, entries], all in one row for speed (lookup/read_profiles).
//
// mode:    read
// params:  network, member, viewer_id, sources, as_of
// returns: people
MATCH (:Member {network: $network, id: $member})-[:OWNS]->(s:Source)-[l:LISTS]->(i:Identity)
WHERE s.id IN $sources AND coalesce(l.since, l.seen, 0) <= $as_of AND coalesce(l.gone, $as_of + 1) > $as_of
MATCH (i)-[:OF]->(p:Person)
WHERE p.id <> $viewer_id AND p.is_shared_mailbox IS NULL
WITH p, collect([s.id, l.since]) AS entries
RETURN collect([p.id, entries]) AS people
